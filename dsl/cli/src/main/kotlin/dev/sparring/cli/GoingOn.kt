package dev.sparring.cli

import dev.sparring.cli.defaults.Defaults
import dev.sparring.cli.group.GroupOptions
import picocli.CommandLine

/** The command lines that go on with what was interrupted. */
internal object GoingOn {
    private const val RESUME = "--resume"

    /** Options of the first command only: the run has its weights, and later checkpoints. */
    private val AT_FIRST =
        setOf(BeginOptions.INIT, BeginOptions.FORK, BeginOptions.FORK_RETRIES, "--from")

    private val SAFE = Regex("[A-Za-z0-9_./:,+@-][A-Za-z0-9_./:,+@=-]*")

    /** The command line that resumes an interrupted `train`. */
    fun train(command: CommandLine, defaults: List<Defaults.Default>): String {
        val words = without(AT_FIRST, words(command))
        words.removeAll { it.substringBefore('=') == RESUME }
        words.add(words.indexOf(command.commandName) + 1, RESUME)
        return line(words + options(defaults))
    }

    /** The words of the same command for another process of its group, without its own place. */
    fun member(command: CommandLine, defaults: List<Defaults.Default>): List<String> {
        val words =
            without(setOf(GroupOptions.PROCESSES), words(command)) - TrainCommand.END_WITH_PARENT
        val own = listOf(GroupOptions.PROCESSES, GroupOptions.AUTO)
        return words + own + options(defaults)
    }

    /** The words without these options and their values. */
    private fun without(options: Set<String>, words: List<String>): MutableList<String> {
        val kept = mutableListOf<String>()
        val given = words.iterator()
        while (given.hasNext()) {
            val word = given.next()
            if (word in options) given.next()
            else if (word.substringBefore('=') !in options) kept += word
        }
        return kept
    }

    /** The same command once more. */
    fun again(command: CommandLine, defaults: List<Defaults.Default>): String =
        line(words(command) + options(defaults))

    /** They may be others by then. */
    private fun options(defaults: List<Defaults.Default>): List<String> =
        defaults
            .filter { it.value != false }
            .flatMap { listOfNotNull(it.option.option, it.text.takeIf { _ -> it.value != true }) }

    private fun words(command: CommandLine): List<String> =
        generateSequence(command) { it.parent }.last().parseResult.expandedArgs()

    private fun line(words: List<String>) =
        (listOf("sparring") + words).joinToString(" ") { quoted(it, isWindows()) }

    private fun isWindows() = System.getProperty("os.name").startsWith("Windows")

    /** A word as a shell has to be given it; control characters, which are rare, as bash's. */
    fun quoted(word: String, isWindows: Boolean): String =
        when {
            SAFE.matches(word) -> word
            isWindows -> "\"${word.replace("\"", "\\\"")}\""
            word.any(Char::isISOControl) -> word.map(::escaped).joinToString("", "$'", "'")
            else -> "'${word.replace("'", "'\\''")}'"
        }

    private fun escaped(char: Char): String =
        when {
            char == '\'' || char == '\\' -> "\\$char"
            char.isISOControl() -> "\\u%04x".format(char.code)
            else -> "$char"
        }
}
