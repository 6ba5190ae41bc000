package dev.sparring.cli.readme

import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.readText

/** A README, as what there is to try in it. */
internal class Readme(val name: String) {
    private val text = ROOT.resolve(name).readText()

    /** The fenced blocks in their order. */
    val snippets: List<Snippet> =
        Regex("```(\\w+)\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
            .findAll(text)
            .map { Snippet(name, it.groupValues[1], it.groupValues[2]) }
            .toList()

    private val prose = text.replace(Regex("```.*?```", RegexOption.DOT_MATCHES_ALL), "")

    /** Lines that stand for themselves, without those of the synopses. */
    private val indented: List<String> =
        prose
            .substringBefore(SYNOPSES)
            .plus(prose.substringAfter(SYNOPSES, "").substringAfter("\n## ", ""))
            .lines()
            .filter { it.startsWith("    ") && !it.startsWith("     ") }
            .map(String::trim)

    /** Code within sentences. */
    val inline: List<String> =
        Regex("`([^`]+)`")
            .findAll(prose.lines().filterNot { it.startsWith("    ") }.joinToString("\n"))
            .map { it.groupValues[1].replace(Regex("\\s+"), " ") }
            .toList()

    /** All that a reader may type into a shell. */
    val commands: List<String> =
        (indented + inline.filter { COMMAND.containsMatchIn(it) }).distinct()

    /** The synopsis of each command, with what is said about it. */
    val synopses: List<String> =
        prose
            .substringAfter(SYNOPSES, "")
            .substringBefore("\n## ")
            .lines()
            .filter { it.startsWith("    ") }
            .joinToString("\n")
            .split(Regex("(?m)^ {4}(?=sparring )"))
            .filter(String::isNotBlank)

    /** A fenced block. */
    class Snippet(val file: String, val language: String, val text: String) {
        /** What a list of them calls it. */
        val title = "$file, $language: ${text.lines().first().trim()}"
    }

    companion object {
        val ROOT: Path = Path("../..")
        private const val SYNOPSES = "\n## Commands\n"

        /** Also the short form of a sentence that has said what is called: `train --portable`. */
        private val COMMAND =
            Regex("^(\\./|\\S*sparring [a-z]|source |mvn|\\./mvnw|jshell|tensorboard -|[a-z]+ --)")

        val ALL: List<Readme> = listOf(Readme("README.md"), Readme("lib/README.md"))
    }
}
