package dev.sparring.cli.defaults

import dev.sparring.cli.BadInput
import dev.sparring.cli.Terminal
import dev.sparring.cli.ThreadsOption
import dev.sparring.process.NativeProcess
import picocli.CommandLine.IExecutionStrategy
import picocli.CommandLine.Model.OptionSpec
import picocli.CommandLine.ParameterException
import picocli.CommandLine.ParseResult
import picocli.CommandLine.RunLast

/**
 * Gives a command the user's defaults of the options that its command line leaves out, and says
 * each one that may decide a result, before the command runs.
 */
internal class DefaultsStrategy(
    private val terminal: Terminal,
    private val environment: Map<String, String>,
) : IExecutionStrategy {
    override fun execute(parsed: ParseResult): Int {
        val command = parsed.subcommand()
        if (command != null && !isHelp(parsed)) {
            try {
                apply(parsed, command)
            } catch (e: BadInput) {
                throw ParameterException(command.commandSpec().commandLine(), "${e.message}", e)
            }
        }
        return RunLast().execute(parsed)
    }

    private fun isHelp(parsed: ParseResult) =
        parsed.asCommandLineList().any { it.isUsageHelpRequested || it.isVersionHelpRequested }

    private fun apply(parsed: ParseResult, command: ParseResult) {
        val spec = command.commandSpec()
        val options =
            DefaultOption.entries
                .filter { it.isOf(spec.name()) }
                .mapNotNull { known -> spec.findOption(known.option)?.let { known to it } }
                .filter { (_, option) -> !option.hidden() }
        if (options.isEmpty()) return
        val defaults = Defaults.read(environment)
        val given = { name: String ->
            parsed.hasMatchedOption(name) || command.hasMatchedOption(name)
        }
        val used =
            options.mapNotNull { (known, option) ->
                if (given(known.option)) null else defaults[known]?.let { it to option }
            }
        for ((default, option) in withoutConflicts(used, given)) use(default, option)
    }

    private fun use(default: Defaults.Default, option: OptionSpec) {
        option.setValue(default.value)
        if (default.option == DefaultOption.THREADS) {
            (option.scope().get<Any>() as? ThreadsOption)?.source = default.source
        }
        if (default.option.decides) {
            terminal.defaults += default
            terminal.error(default.line)
        }
    }

    /** A number of threads and a portable run exclude each other: what was typed wins. */
    private fun withoutConflicts(
        used: List<Pair<Defaults.Default, OptionSpec>>,
        given: (String) -> Boolean,
    ): List<Pair<Defaults.Default, OptionSpec>> {
        val threads = used.find { it.first.option == DefaultOption.THREADS }
        val portable =
            used.find { it.first.option == DefaultOption.PORTABLE && it.first.value == true }
        if (threads != null && portable != null) {
            throw BadInput(
                "${threads.first.line}, ${portable.first.line}: a portable run has " +
                    "${NativeProcess.PORTABLE_THREADS} thread; leave one of the two out"
            )
        }
        val lost =
            if (given(DefaultOption.PORTABLE.option)) threads
            else if (given(DefaultOption.THREADS.option)) portable else null
        if (lost != null) {
            val by = if (lost == threads) DefaultOption.PORTABLE else DefaultOption.THREADS
            terminal.log("${lost.first.line} counts for nothing with ${by.option}")
        }
        return used - setOfNotNull(lost)
    }
}
