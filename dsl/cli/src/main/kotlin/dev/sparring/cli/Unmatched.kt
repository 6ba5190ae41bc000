package dev.sparring.cli

import dev.sparring.dsl.suggestion
import picocli.CommandLine
import picocli.CommandLine.ParameterException
import picocli.CommandLine.UnmatchedArgumentException

/** Words of a command line that mean nothing to a command. */
internal object Unmatched {
    /** What is wrong with a command line, in one line; of unknown words, what may be meant. */
    fun reason(e: ParameterException): String {
        val typed = (e as? UnmatchedArgumentException)?.unmatched?.firstOrNull()
        return if (typed == null) "${e.message}"
        else if (typed.startsWith("-")) option(typed, e.commandLine)
        else if (commands(e.commandLine).isNotEmpty()) command(typed, e.commandLine)
        else "unexpected '$typed'; ${e.commandLine.commandSpec.name()} takes no more words"
    }

    private fun option(typed: String, command: CommandLine): String {
        val known = command.commandSpec.optionsMap().filterValues { !it.hidden() }.keys
        return "unknown option '${typed.substringBefore('=')}'" +
            meant(typed.substringBefore('='), known)
    }

    private fun command(typed: String, command: CommandLine): String {
        val known = commands(command)
        val meant = meant(typed, known)
        return "unknown command '$typed'" +
            meant.ifEmpty { "; there is ${known.joinToString(", ")}" }
    }

    private fun commands(command: CommandLine): Set<String> =
        command.subcommands.filterValues { !it.commandSpec.usageMessage().hidden() }.keys

    private fun meant(typed: String, known: Set<String>) =
        suggestion(typed, known)?.let { "; did you mean '$it'?" }.orEmpty()
}
