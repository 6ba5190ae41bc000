package dev.sparring.cli

import picocli.CommandLine
import picocli.CommandLine.Help
import picocli.CommandLine.Model.ISetter
import picocli.CommandLine.Model.OptionSpec
import picocli.CommandLine.ScopeType

/** What is the same for all commands. */
internal object GlobalOptions {
    const val QUIET = "--quiet"

    /** Adds `--quiet` to them, and lets them have colours only where they are wanted. */
    fun addTo(commands: CommandLine, terminal: Terminal) {
        commands.commandSpec.addOption(
            OptionSpec.builder(QUIET)
                .type(Boolean::class.javaPrimitiveType)
                .description("results and errors only, no progress, notes and warnings")
                .scopeType(ScopeType.INHERIT)
                .setter(Quiet(terminal))
                .build()
        )
        val ansi = if (terminal.hasColours()) Help.Ansi.ON else Help.Ansi.OFF
        commands.colorScheme = Help.defaultColorScheme(ansi)
    }

    /** Parsers also reset each command's options: only a wish counts. */
    private class Quiet(private val terminal: Terminal) : ISetter {
        @Suppress("UNCHECKED_CAST")
        override fun <T : Any?> set(value: T): T {
            val before = terminal.isQuiet
            if (value == true) terminal.isQuiet = true
            return before as T
        }
    }
}
