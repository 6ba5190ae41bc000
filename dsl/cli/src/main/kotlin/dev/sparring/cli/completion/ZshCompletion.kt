package dev.sparring.cli.completion

import dev.sparring.cli.completion.Completion.Values

/** A script for zsh. */
internal object ZshCompletion {
    fun script(completion: Completion): String = buildString {
        append("#compdef sparring\n")
        append("# Completion of sparring's command line: source <(sparring completion zsh)\n\n")
        append("_sparring() {\n")
        append("  local context state state_descr line\n")
        append("  typeset -A opt_args\n")
        append("  local -a commands=(\n")
        for (command in completion.commands) {
            append("    '${command.name}:${escaped(command.about)}'\n")
        }
        append("  )\n")
        val before = completion.options.flatMap(::specs)
        append(arguments(before + "'1:command:->command'" + "'*::argument:->argument'"))
        append("  case \$state in\n")
        append("    command) _describe command commands ;;\n")
        append("    argument)\n")
        append("      case \$words[1] in\n")
        for (command in completion.commands) {
            append("        ${command.name})\n")
            append(arguments(command.options.flatMap(::specs) + words(command)).prependIndent(STEP))
            append("          ;;\n")
        }
        append("      esac ;;\n  esac\n}\n\n")
        append("if [[ \$funcstack[1] == _sparring ]]; then _sparring \"\$@\"; ")
        append("else compdef _sparring sparring; fi\n")
    }

    private const val STEP = "        "

    private fun arguments(specs: List<String>): String =
        "  _arguments -C \\\n" + specs.joinToString(" \\\n") { "    $it" } + "\n"

    private fun specs(option: Completion.Option): List<String> =
        option.names.map { name ->
            val others = option.names.joinToString(" ", "(", ")")
            val many = if (option.isRepeatable) "\\*" else "'$others'"
            // With =, the value may also be the next word.
            val sign = if (option.values != null && name.startsWith("--")) "=" else ""
            val value = option.values?.let { ":${escaped(option.label)}:${action(it)}" }.orEmpty()
            "$many'$name$sign[${escaped(option.about)}]$value'"
        }

    private fun words(command: Completion.Command): List<String> =
        command.words.mapIndexed { i, word ->
            val place = if (word.isRepeatable) "*" else "${i + 1}"
            "'$place:${escaped(word.label)}:${action(word.values)}'"
        }

    private fun action(values: Values): String {
        val parts =
            listOfNotNull(
                values.choices.joinToString(" ", "(", ")").takeIf { values.choices.isNotEmpty() },
                "_files -g \"*.${endings(values)}\"".takeIf { values.endings.isNotEmpty() },
                "_files -/".takeIf { values.folders && values.endings.isEmpty() },
                "_files".takeIf { values.files },
            )
        if (parts.size < 2) return parts.firstOrNull() ?: " "
        val choices = "compadd ${values.choices.joinToString(" ")}"
        return "{$choices; ${parts.last()}}"
    }

    /** One in parentheses would be what zsh calls a qualifier. */
    private fun endings(values: Values): String =
        values.endings.singleOrNull() ?: values.endings.joinToString("|", "(", ")")

    private fun escaped(text: String): String =
        text.replace("\\", "\\\\").replace(Regex("[\\[\\]:]"), "\\\\$0").replace("'", "'\\''")
}
