package dev.sparring.cli

import dev.sparring.dsl.suggestion
import picocli.CommandLine
import picocli.CommandLine.ParameterException
import picocli.CommandLine.UnmatchedArgumentException

/** Words of a command line that mean nothing to a command. */
internal object Unmatched {
    /** What is wrong with a command line, in one line; of unknown words, what may be meant. */
    fun reason(e: ParameterException): String {
        val command = e.commandLine
        // A mistyped option may also be the reason why something is missing.
        val typed =
            (e as? UnmatchedArgumentException)?.unmatched?.firstOrNull()
                ?: command.unmatchedArguments.firstOrNull { it.startsWith("-") }
        val value = value(e)
        return if (value != null) value
        else if (typed == null) numbers("${e.message}")
        else if (typed.startsWith("-")) option(typed, command)
        else if (commands(command).isNotEmpty()) command(typed, command)
        else "unexpected '$typed'; ${command.commandSpec.name()} takes no more words"
    }

    /** What a word may mean that a command does not know. */
    fun command(typed: String, command: CommandLine): String {
        val known = commands(command).keys
        val meant = meant(typed, known)
        return "unknown command '$typed'" +
            meant.ifEmpty { "; there is ${known.joinToString(", ")}" }
    }

    /** The subcommands that are meant for users. */
    fun commands(command: CommandLine): Map<String, CommandLine> =
        command.subcommands.filterValues { !it.commandSpec.usageMessage().hidden() }

    /** The words for an option's values, if it is one of a choice. */
    fun choices(type: Class<*>): List<String> =
        type.enumConstants.orEmpty().map { (it as Enum<*>).name.lowercase() }

    /** ", did you mean" and the nearest of the known words; nothing if none is near. */
    fun meant(typed: String, known: Collection<String>): String =
        suggestion(typed, known)?.let { "; did you mean '$it'?" }.orEmpty()

    /** Of a value that is none of a choice; null if something else is wrong. */
    private fun value(e: ParameterException): String? {
        val argument = e.argSpec ?: return null
        val typed = e.value ?: return null
        val known = choices(argument.typeInfo().type)
        if (known.isEmpty() || typed.lowercase() in known) return null
        val name =
            if (argument.isOption) (argument as CommandLine.Model.OptionSpec).longestName()
            else argument.paramLabel()
        return "$name: expected ${known.joinToString(" or ")}, got '$typed'" +
            meant(typed.lowercase(), known)
    }

    /** Of a value that is no number, without Java's names of types: users need not know Java. */
    private fun numbers(message: String): String =
        NO_NUMBER.replace(message) {
            val (value, type) = it.destructured
            val expected =
                when (type) {
                    "int" -> "a whole number up to ${Int.MAX_VALUE}"
                    "long" -> "a whole number up to ${Long.MAX_VALUE}"
                    else -> "a number"
                }
            ": expected $expected, got $value"
        }

    private val NO_NUMBER = Regex(": ('.*') is not an? (int|long|float|double)$")

    private fun option(typed: String, command: CommandLine): String {
        val known = command.commandSpec.optionsMap().filterValues { !it.hidden() }.keys
        return "unknown option '${typed.substringBefore('=')}'" +
            meant(typed.substringBefore('='), known)
    }
}
