package dev.sparring.cli.claim

import dev.sparring.cli.BadInput
import dev.sparring.cli.Words
import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.file.AtomicFile
import dev.sparring.file.Json
import dev.sparring.file.Reason
import dev.sparring.file.RegularFile
import dev.sparring.file.Sha256
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import java.time.temporal.ChronoUnit

/**
 * What a claim said when its first run began, kept beside the runs. A claim that says something
 * else afterwards is no prediction.
 *
 * @param claim the SHA-256 of the claim's text, with line ends as on Unix
 * @param sweep the SHA-256 of all recipes and seeds, wherever they stand
 * @param time when it was registered
 */
internal data class Registration(val claim: String, val sweep: String, val time: String) {
    /** Writes it, with the text itself. */
    fun write(root: Path, text: String) {
        try {
            Files.createDirectories(root)
            AtomicFile.writeText(root.resolve(TEXT), text)
            val facts = linkedMapOf(CLAIM to claim, SWEEP to sweep, TIME to time)
            AtomicFile.write(root.resolve(FILE)) { it.write(Json.pretty(facts)) }
        } catch (e: IOException) {
            throw BadInput("--out: " + Reason.line(e, root, "cannot be written"), e)
        }
    }

    companion object {
        const val FILE = "registered.json"
        private const val TEXT = "registered.yaml"
        private const val CLAIM = "claimSha256"
        private const val SWEEP = "sweepSha256"
        private const val TIME = "registered"
        private const val SHOWN = 12

        /** The SHA-256 of a claim's text. */
        fun sum(file: Path): String = sum(RecipeText.textOf(file))

        private fun sum(text: String) = Sha256.of(text.replace("\r\n", "\n").toByteArray())

        /** That of all that the sweep trains. */
        fun sum(sweep: Sweep, words: Words): String {
            val recipes = sweep.cells.joinToString("") { words.format.toYaml(it.recipe) }
            return Sha256.of("${sweep.seeds}\n$recipes".toByteArray())
        }

        /** That of a claim as it is now. */
        fun now(file: Path, sweep: Sweep, words: Words): Registration =
            Registration(
                sum(file),
                sum(sweep, words),
                "${Instant.now().truncatedTo(ChronoUnit.SECONDS)}",
            )

        /** The one in a folder; null if there is none. */
        fun read(root: Path): Registration? {
            val file = root.resolve(FILE)
            if (!Files.exists(file)) return null
            try {
                val facts = Json.read(RegularFile.bytes(file))
                return Registration("${facts[CLAIM]}", "${facts[SWEEP]}", "${facts[TIME]}")
            } catch (e: IOException) {
                throw BadInput(Reason.line(e, file, "cannot be read"), e)
            }
        }

        /**
         * That of a claim whose runs may have begun: the one of before them, or the one of now.
         *
         * @param haveBegun whether there are runs
         */
        fun of(root: Path, now: Registration, haveBegun: Boolean): Registration {
            val before = read(root)
            if (!haveBegun) return now
            if (before == null) {
                throw BadInput(
                    "$root: has runs, but no $FILE that says what was claimed before them; give " +
                        "another --out"
                )
            }
            if (before.claim != now.claim || before.sweep != now.sweep) {
                val (what, old, new) =
                    if (before.claim != now.claim) Triple("claim", before.claim, now.claim)
                    else Triple("sweep", before.sweep, now.sweep)
                throw BadInput(
                    "${root.resolve(FILE)}: the $what was changed after its runs began (SHA-256 " +
                        "${old.take(SHOWN)} then, ${new.take(SHOWN)} now); give back the text of " +
                        "$TEXT there, or give the changed one another --out"
                )
            }
            return before
        }
    }
}
