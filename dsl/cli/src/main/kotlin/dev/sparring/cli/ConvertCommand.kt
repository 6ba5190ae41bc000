package dev.sparring.cli

import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option

@Command(
    name = "convert",
    description = ["Prints a recipe as YAML or JSON."],
    mixinStandardHelpOptions = true,
)
internal class ConvertCommand(private val terminal: Terminal) : Callable<Int> {
    internal enum class Format {
        YAML,
        JSON,
    }

    @Mixin lateinit var source: RecipeOptions

    @Option(names = ["--to"], required = true, paramLabel = "yaml|json", description = ["format"])
    lateinit var to: Format

    @Option(
        names = ["--full"],
        description = ["write every default out, those of the conventions too"],
    )
    var full = false

    override fun call(): Int {
        val loaded = source.load().recipe
        val recipe = if (full) loaded.resolved() else loaded
        val format = source.words.format
        val text =
            when (to) {
                Format.YAML -> format.toYaml(recipe, full)
                Format.JSON -> format.toJson(recipe, full)
            }
        terminal.out.print(if (text.endsWith("\n")) text else text + "\n")
        return ExitCode.DONE
    }
}
