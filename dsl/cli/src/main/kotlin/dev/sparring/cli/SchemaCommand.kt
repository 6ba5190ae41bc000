package dev.sparring.cli

import dev.sparring.dsl.ClaimSchema
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

    @Option(names = ["--claim"], description = ["that of a claim instead"])
    var claim: Boolean = false

    override fun call(): Int {
        if (sweep && claim) throw BadInput("--sweep, --claim: one at a time")
        val format = own.words.format
        terminal.out.println(
            when {
                sweep -> SweepSchema.json(format)
                claim -> ClaimSchema.json(format)
                else -> RecipeSchema.json(format)
            }
        )
        return ExitCode.DONE
    }
}
