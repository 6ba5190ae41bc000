package dev.sparring.cli

import dev.sparring.script.GanScriptHost
import dev.sparring.script.RecipeChoice
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Parameters

@Command(
    name = "run",
    description =
        [
            "Runs a script that is a program of its own: it trains, listens and prints what it likes.",
            "Scripts that end with a recipe or a sweep are for train and sweep.",
        ],
    mixinStandardHelpOptions = true,
)
internal class RunCommand : Callable<Int> {
    @Parameters(index = "0", paramLabel = "SCRIPT", description = ["a .gan.kts file"])
    lateinit var file: Path

    @Parameters(
        index = "1..*",
        arity = "0..*",
        paramLabel = "ARG",
        description = ["what the script finds as args; after --, options too"],
    )
    var args: List<String> = emptyList()

    @Mixin val own: WordOptions = WordOptions()

    override fun call(): Int {
        if (!RecipeChoice.isScript(file)) {
            throw BadInput("$file: is no script; sparring train $file trains a recipe")
        }
        val words = own.words
        GanScriptHost(words.paths, words.loader).open(file).run(args)
        return ExitCode.DONE
    }
}
