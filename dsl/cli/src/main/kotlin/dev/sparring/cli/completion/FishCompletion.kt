package dev.sparring.cli.completion

import dev.sparring.cli.completion.Completion.Values

/** A script for fish. */
internal object FishCompletion {
    fun script(completion: Completion): String = buildString {
        append(HEAD)
        for (command in completion.commands) {
            line("__sparring_command", "-a ${command.name} -d ${quoted(command.about)}")
        }
        completion.options.forEach { option("__sparring_command", it) }
        for (command in completion.commands) {
            val within = "__sparring_command ${command.name}"
            command.options.forEach { option(within, it) }
            command.words.forEach { word -> arguments(word.values)?.let { line(within, it) } }
        }
    }

    private fun StringBuilder.line(condition: String, rest: String) {
        append("complete -c sparring -n '$condition' $rest\n")
    }

    private fun StringBuilder.option(condition: String, option: Completion.Option) {
        val names =
            option.names.joinToString(" ") {
                if (it.startsWith("--")) "-l ${it.drop(2)}" else "-s ${it.drop(1)}"
            }
        val value = option.values?.let { " -x " + arguments(it).orEmpty() }.orEmpty().trimEnd()
        line(condition, "$names -d ${quoted(option.about)}$value")
    }

    private fun arguments(values: Values): String? {
        val files =
            when {
                values.files -> "(__fish_complete_path)"
                values.endings.isNotEmpty() ->
                    "(__sparring_files ${values.endings.joinToString(" ") { ".$it" }})"
                values.folders -> "(__sparring_files)"
                else -> null
            }
        val all = values.choices + listOfNotNull(files)
        return if (all.isEmpty()) null else "-a ${quoted(all.joinToString(" "))}"
    }

    private fun quoted(text: String) = "'${text.replace("\\", "\\\\").replace("'", "\\'")}'"

    private val HEAD =
        """
        # Completion of sparring's command line: sparring completion fish | source

        # Whether this command was typed; without one, whether none was.
        function __sparring_command
            set -l words (commandline -opc)
            for word in ${'$'}words[2..-1]
                if not string match -q -- '-*' ${'$'}word
                    test (count ${'$'}argv) -gt 0; and test ${'$'}word = ${'$'}argv[1]
                    return
                end
            end
            test (count ${'$'}argv) -eq 0
        end

        # Folders, and files with these endings.
        function __sparring_files
            set -l token (commandline -ct | string replace -r '^--[^=]*=' '')
            __fish_complete_directories "${'$'}token" ''
            for ending in ${'$'}argv
                for file in ${'$'}token*${'$'}ending
                    printf '%s\n' ${'$'}file
                end
            end
        end

        complete -c sparring -f

        """
            .trimIndent()
}
