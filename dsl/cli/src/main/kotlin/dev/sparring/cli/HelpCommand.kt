package dev.sparring.cli

import java.util.concurrent.Callable
import picocli.CommandLine
import picocli.CommandLine.Command
import picocli.CommandLine.Parameters

@Command(
    name = "help",
    description = ["Prints what a command does and its options; or all commands."],
    mixinStandardHelpOptions = true,
)
internal class HelpCommand(private val terminal: Terminal) : Callable<Int>, OfAllCommands {
    @Parameters(
        arity = "0..1",
        paramLabel = "COMMAND",
        description = ["a command, e.g. train (default: all, a line each)"],
    )
    var command: String? = null

    @CommandLine.Spec lateinit var spec: CommandLine.Model.CommandSpec

    override fun call(): Int {
        val all = spec.commandLine().parent
        val name = command
        val one = if (name == null) all else Unmatched.commands(all)[name]
        if (one == null) throw BadInput("sparring help: ${Unmatched.command(name!!, all)}")
        terminal.out.print(one.usageMessage)
        return ExitCode.DONE
    }
}
