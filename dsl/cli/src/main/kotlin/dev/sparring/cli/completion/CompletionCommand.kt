package dev.sparring.cli.completion

import dev.sparring.cli.ExitCode
import dev.sparring.cli.OfAllCommands
import dev.sparring.cli.Terminal
import java.util.concurrent.Callable
import picocli.CommandLine
import picocli.CommandLine.Command
import picocli.CommandLine.Parameters

@Command(
    name = "completion",
    description =
        [
            "Prints a script by which a shell completes commands, options, their values and files.",
            "bash: source <(sparring completion bash); zsh: source <(sparring completion zsh); " +
                "fish: sparring completion fish | source",
        ],
    mixinStandardHelpOptions = true,
)
internal class CompletionCommand(private val terminal: Terminal) : Callable<Int>, OfAllCommands {
    internal enum class Shell {
        BASH,
        ZSH,
        FISH,
    }

    @Parameters(paramLabel = "bash|zsh|fish", description = ["the shell"]) lateinit var shell: Shell

    @CommandLine.Spec lateinit var spec: CommandLine.Model.CommandSpec

    override fun call(): Int {
        val completion = Completion(spec.commandLine().parent)
        terminal.out.print(
            when (shell) {
                Shell.BASH -> BashCompletion.script(completion)
                Shell.ZSH -> ZshCompletion.script(completion)
                Shell.FISH -> FishCompletion.script(completion)
            }
        )
        return ExitCode.DONE
    }
}
