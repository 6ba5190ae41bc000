package dev.sparring.cli

import dev.sparring.dsl.RecipeSchema
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin

@Command(
    name = "schema",
    description = ["Prints the JSON Schema of a recipe, for editors."],
    mixinStandardHelpOptions = true,
)
internal class SchemaCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin val own: WordOptions = WordOptions()

    override fun call(): Int {
        terminal.out.println(RecipeSchema.json(own.words.format))
        return ExitCode.DONE
    }
}
