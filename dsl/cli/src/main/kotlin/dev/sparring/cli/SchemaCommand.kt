package dev.sparring.cli

import dev.sparring.dsl.RecipeSchema
import dev.sparring.dsl.SweepSchema
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option

@Command(
    name = "schema",
    description = ["Prints the JSON Schema of a recipe, for editors."],
    mixinStandardHelpOptions = true,
)
internal class SchemaCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin val own: WordOptions = WordOptions()

    @Option(names = ["--sweep"], description = ["that of a sweep instead"])
    var sweep: Boolean = false

    override fun call(): Int {
        val format = own.words.format
        terminal.out.println(if (sweep) SweepSchema.json(format) else RecipeSchema.json(format))
        return ExitCode.DONE
    }
}
