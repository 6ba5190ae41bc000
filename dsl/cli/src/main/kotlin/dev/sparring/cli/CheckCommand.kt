package dev.sparring.cli

import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin

@Command(
    name = "check",
    description = ["Prints shapes, parameters, initializers and normalizations, without training."],
    mixinStandardHelpOptions = true,
)
internal class CheckCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin lateinit var source: RecipeOptions

    override fun call(): Int {
        val loaded = source.load()
        val plan = loaded.plan()
        terminal.out.print(PlanTable(loaded.recipe, plan).text())
        return ExitCode.DONE
    }
}
