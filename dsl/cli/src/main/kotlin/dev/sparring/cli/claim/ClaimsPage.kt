package dev.sparring.cli.claim

import dev.sparring.cli.BadInput
import dev.sparring.cli.ProgressLines.Companion.figure
import dev.sparring.dsl.claim.Claim
import dev.sparring.file.AtomicFile
import dev.sparring.file.Json
import dev.sparring.file.Reason
import dev.sparring.file.RegularFile
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.name

/**
 * The page about a folder of claims: README.md, generated from the claims and from their results in
 * `results/`. Results of a claim that has been changed since are left out, and it says so.
 */
internal class ClaimsPage(private val folder: Path, private val read: (Path) -> Claim) {
    private class Entry(
        val file: Path,
        val claim: Claim,
        val found: ClaimLines?,
        val isOld: Boolean,
    )

    private val entries: List<Entry> = files(folder).map(::entry)

    private fun entry(file: Path): Entry {
        val claim = read(file)
        val result = folder.resolve(RESULTS).resolve("${claim.name}.json")
        val found =
            try {
                if (Files.exists(result)) ClaimLines(Json.read(RegularFile.bytes(result))) else null
            } catch (e: IOException) {
                throw BadInput(Reason.line(e, result, "cannot be read"), e)
            }
        val isOld = found != null && found.sum != Registration.sum(file)
        return Entry(file, claim, found.takeUnless { isOld }, isOld)
    }

    fun write(): Path {
        val page = folder.resolve(PAGE)
        try {
            AtomicFile.writeText(page, text())
        } catch (e: IOException) {
            throw BadInput(Reason.line(e, page, "cannot be written"), e)
        }
        return page
    }

    fun text(): String =
        listOf(INTRODUCTION, table()).plus(entries.map(::section)).joinToString("\n\n") + "\n"

    private fun table(): String =
        (listOf(
                "| claim | verdict at this scale | runs | failed | minutes |",
                "|---|---|---:|---:|---:|",
            ) +
                entries.map { entry ->
                    val found = entry.found
                    val cells =
                        if (found == null) listOf("not run yet", "", "", "")
                        else listOf(found.verdict, found.runs, found.failed) + figure(found.minutes)
                    val link = "[${entry.claim.name}](${entry.file.name})"
                    "| $link: ${entry.claim.sentence} | ${cells.joinToString(" | ")} |"
                })
            .joinToString("\n")

    private fun section(entry: Entry): String {
        val claim = entry.claim
        val found = entry.found
        val runs = claim.sweep.cells.size * claim.sweep.seeds.size
        val lines = mutableListOf("## ${claim.name}", "", "> ${claim.sentence}", "")
        lines += "${claim.citation}, ${claim.place}."
        claim.differs?.let { lines += "Here: $it." }
        lines += ""
        if (found == null) {
            lines +=
                "Not run yet" +
                    (if (entry.isOld) ": it was changed after the results that are kept."
                    else ".") +
                    " It takes $runs runs and is decided by:"
            lines += ""
            lines += claim.rules.map { "- ${it.word}: ${it.text}" }
            return lines.joinToString("\n")
        }
        lines += "**${found.verdict.replaceFirstChar(Char::uppercase)}.** At level ${claim.level}:"
        lines += ""
        lines += found.rules.map { "- $it" }
        lines += ""
        lines +=
            "${found.runs} runs, seeds ${found.seeds.joinToString(", ")}, ${found.failed} failed, " +
                "${figure(found.minutes)} minutes of training; " +
                "[a row for each run]($RESULTS/${claim.name}.csv), " +
                "[the verdict with hashes]($RESULTS/${claim.name}.json)."
        lines += "Claim SHA-256 `${found.sum}`."
        lines += "With ${found.circumstances.joinToString("; ")}."
        return lines.joinToString("\n")
    }

    companion object {
        private const val PAGE = "README.md"
        private const val RESULTS = "results"

        private val INTRODUCTION =
            """
            # Claims that were run

            Sentences of papers and of advice, each with the experiment and the rule that decide it, written
            before the first run. A verdict is one about this scale: small networks, few steps, one processor. What
            contradicts its source stands here as what agrees, and undecided is what the runs could not tell.

                sparring claim FILE            # runs it, goes on where it was stopped, prints the verdict
                sparring claim FILE --page     # keeps the results beside it too, and writes this page
                sparring claim samples/claims --page    # writes this page from the results that are kept

            This page is generated; what is wrong in it is wrong in a claim or in its results.
            """
                .trimIndent()

        /** The claims of a folder, by name. */
        fun files(folder: Path): List<Path> =
            try {
                Files.list(folder).use { all ->
                    all.filter {
                            it.name.endsWith(".claim.yaml") || it.name.endsWith(".claim.json")
                        }
                        .sorted()
                        .toList()
                }
            } catch (e: IOException) {
                throw BadInput(Reason.line(e, folder, "cannot be read"), e)
            }

        /** Keeps results beside a claim. */
        fun keep(file: Path, name: String, json: ByteArray, csv: String) {
            val folder = file.toAbsolutePath().resolveSibling(RESULTS)
            try {
                Files.createDirectories(folder)
                AtomicFile.write(folder.resolve("$name.json")) { it.write(json) }
                AtomicFile.writeText(folder.resolve("$name.csv"), csv)
            } catch (e: IOException) {
                throw BadInput(Reason.line(e, folder, "cannot be written"), e)
            }
        }
    }
}
