package dev.sparring.cli.completion

import dev.sparring.cli.completion.Completion.Values

/** A script for bash, from 3.2 on, which macOS has. */
internal object BashCompletion {
    fun script(completion: Completion): String = buildString {
        append(HEAD)
        append("  case \$command in\n")
        append("    '') _sparring_words ")
        append(quoted(completion.commands.map { it.name } + names(completion.options)))
        append(" ;;\n")
        for (command in completion.commands) {
            append("    ${command.name})\n")
            append("      case \$prev in\n")
            for (option in command.options.filter { it.values != null }) {
                val name = option.names.joinToString("|")
                append("        $name) ${offer(option.values!!)}; return ;;\n")
            }
            append("      esac\n")
            append("      if [[ \$cur == -* ]]; then _sparring_words ")
            append("${quoted(names(command.options))}; return; fi\n")
            val words = command.words.map { it.values }
            append("      ${words.joinToString("; ", transform = ::offer).ifEmpty { ":" }} ;;\n")
        }
        append("  esac\n}\n\ncomplete -F _sparring sparring\n")
    }

    private fun names(options: List<Completion.Option>) = options.flatMap { it.names }

    private fun quoted(words: List<String>) = "'${words.joinToString(" ")}'"

    private fun offer(values: Values): String =
        listOfNotNull(
                "_sparring_words ${quoted(values.choices)}".takeIf { values.choices.isNotEmpty() },
                "_sparring_files ${quoted(values.endings)}".takeIf { values.endings.isNotEmpty() },
                "_sparring_files ''".takeIf { values.folders && values.endings.isEmpty() },
                "_sparring_files '*'".takeIf { values.files },
            )
            .joinToString("; ")
            .ifEmpty { ":" }

    private val HEAD =
        """
        # Completion of sparring's command line: source <(sparring completion bash)

        _sparring_words() {
          local word
          for word in $1; do
            [[ ${'$'}word == "${'$'}cur"* ]] && COMPREPLY+=("${'$'}word")
          done
        }

        # Folders, and files with these endings.
        _sparring_files() {
          local file ending
          type compopt >/dev/null 2>&1 && compopt -o filenames 2>/dev/null
          while IFS= read -r file; do COMPREPLY+=("${'$'}file"); done < <(compgen -d -- "${'$'}cur")
          [[ $1 == '*' ]] && while IFS= read -r file; do
            [[ -d ${'$'}file ]] || COMPREPLY+=("${'$'}file")
          done < <(compgen -f -- "${'$'}cur")
          local IFS=' '
          set -f
          local endings=($1)
          set +f
          [[ $1 == '*' ]] && endings=()
          for ending in "${'$'}{endings[@]}"; do
            while IFS= read -r file; do
              [[ ${'$'}file == *".${'$'}ending" && ! -d ${'$'}file ]] && COMPREPLY+=("${'$'}file")
            done < <(compgen -f -- "${'$'}cur")
          done
        }

        _sparring() {
          local cur=${'$'}{COMP_WORDS[COMP_CWORD]} prev=${'$'}{COMP_WORDS[COMP_CWORD-1]} command='' i
          COMPREPLY=()
          # bash takes --option=value apart.
          if [[ ${'$'}cur == = ]]; then cur=''; elif [[ ${'$'}prev == = ]]; then prev=${'$'}{COMP_WORDS[COMP_CWORD-2]}; fi
          for ((i = 1; i < COMP_CWORD; i++)); do
            if [[ ${'$'}{COMP_WORDS[i]} != -* ]]; then command=${'$'}{COMP_WORDS[i]}; break; fi
          done

        """
            .trimIndent()
}
