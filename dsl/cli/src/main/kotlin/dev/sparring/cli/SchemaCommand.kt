package dev.sparring.cli

import dev.sparring.dsl.RecipeSchema
import java.util.concurrent.Callable
import picocli.CommandLine.Command

@Command(
    name = "schema",
    description = ["Prints the JSON Schema of a recipe, for editors."],
    mixinStandardHelpOptions = true,
)
internal class SchemaCommand(private val terminal: Terminal) : Callable<Int> {
    override fun call(): Int {
        terminal.out.println(RecipeSchema.json())
        return ExitCode.DONE
    }
}
