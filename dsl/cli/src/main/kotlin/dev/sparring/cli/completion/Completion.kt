package dev.sparring.cli.completion

import dev.sparring.cli.Unmatched
import java.nio.file.Path
import picocli.CommandLine
import picocli.CommandLine.Model.ArgSpec
import picocli.CommandLine.Model.OptionSpec

/** What shells may complete, read from the command line's own description. */
internal class Completion(commands: CommandLine) {
    val commands: List<Command> =
        Unmatched.commands(commands).map { (name, line) -> Command(name, line, commands) }

    /** Options before a command. */
    val options: List<Option> = options(commands, commands)

    /** A command of the command line. */
    class Command(val name: String, line: CommandLine, all: CommandLine) {
        val about: String = short(line.commandSpec.usageMessage().description())
        val options: List<Option> = options(line, all)
        val words: List<Word> =
            line.commandSpec
                .positionalParameters()
                .filter { !it.hidden() }
                .map { Word(it.paramLabel(), Values.of(it, all), it.arity().max() > 1) }
    }

    /**
     * An option.
     *
     * @param values null if it takes none
     */
    class Option(
        val names: List<String>,
        val about: String,
        val label: String,
        val values: Values?,
        val isRepeatable: Boolean,
    )

    /** A word of a command that is no option. */
    class Word(val label: String, val values: Values, val isRepeatable: Boolean)

    /**
     * What may stand somewhere.
     *
     * @param choices words
     * @param endings of files, without the dot
     * @param folders whether folders are meant, not only what is in them
     * @param files whether any file is
     */
    class Values(
        val choices: List<String>,
        val endings: List<String>,
        val folders: Boolean,
        val files: Boolean,
    ) {
        companion object {
            private val RECIPES = listOf("gan.kts", "yaml", "json")

            /** By type, by what the option says itself, and by its label: `FILE.png|DIR`. */
            fun of(argument: ArgSpec, all: CommandLine): Values {
                val label = argument.paramLabel()
                val type = argument.auxiliaryTypes().first()
                val said = argument.completionCandidates()?.toList().orEmpty()
                val choices =
                    when {
                        type.isEnum -> Unmatched.choices(type)
                        said.isNotEmpty() -> said
                        label == "COMMAND" -> Unmatched.commands(all).keys.toList()
                        else -> label.split('|').map { it.substringBefore('[') }.filter(::isWord)
                    }
                val endings = label.split('|').flatMap(::endings)
                val folders = label.split('|').any { it == "RUN" || it.endsWith("DIR") }
                val isPath = type == Path::class.java
                return Values(choices, endings, folders, isPath && endings.isEmpty() && !folders)
            }

            private fun isWord(text: String) = Regex("[a-z]+").matches(text) && text != "path"

            private fun endings(label: String): List<String> =
                when {
                    label == "RECIPE" -> RECIPES
                    label == "SWEEP" -> RECIPES.drop(1)
                    Regex("[A-Z]+\\.[a-z]+").matches(label) -> listOf(label.substringAfter('.'))
                    else -> emptyList()
                }
        }
    }

    private companion object {
        fun options(line: CommandLine, all: CommandLine): List<Option> =
            line.commandSpec.options().filter { !it.hidden() }.map { option(it, all) }

        fun option(spec: OptionSpec, all: CommandLine): Option {
            val takes = spec.arity().max() > 0
            return Option(
                spec.names().toList(),
                short(spec.description()),
                spec.paramLabel(),
                if (takes) Values.of(spec, all) else null,
                spec.isMultiValue,
            )
        }

        /** The first thing that is said. */
        fun short(description: Array<String>): String =
            description.joinToString(" ").split(END).first().removeSuffix(".")

        private val END = Regex("(?<!e\\.g)[.;:] | \\(|, e\\.g\\. ")
    }
}
