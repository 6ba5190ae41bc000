package dev.sparring.cli

import dev.sparring.diagnose.Probe
import dev.sparring.dsl.Overrides
import dev.sparring.init.Initializer
import dev.sparring.random.Seed
import dev.sparring.recipe.Recipe
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option

@Command(
    name = "probe",
    description =
        [
            "Prints how large activations and gradients are at initialization, layer by layer,",
            "with the recipe's initial weights and with others; trains nothing.",
        ],
    mixinStandardHelpOptions = true,
)
internal class ProbeCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin lateinit var source: RecipeOptions

    @Mixin lateinit var engines: EngineOptions

    @Option(
        names = ["--init"],
        paramLabel = "INIT",
        description =
            [
                "an initializer of all weights, e.g. he or '{type: normal, std: 0.02}';",
                "may be repeated (default: orthogonal, he, xavier, lecun, normal)",
            ],
    )
    var inits: List<String> = listOf("orthogonal", "he", "xavier", "lecun", "normal")

    @Option(
        names = ["--seeds"],
        paramLabel = "N",
        description = ["starts to average over, from the recipe's seed on (default: 3)"],
    )
    var seeds: Int = 3

    override fun call(): Int {
        if (seeds !in 1..MOST_SEEDS) throw BadInput("--seeds must be 1 to $MOST_SEEDS, got $seeds")
        val loaded = source.load()
        val recipe = loaded.recipe
        val plan = loaded.plan()
        val choices: List<Pair<String, Initializer?>> =
            listOf("recipe" to null) + inits.map { name(it) to initializer(recipe, it) }
        val data = recipe.data.open(Seed(recipe.train.seed), terminal::log)
        val table =
            engines.open(recipe.train.precision).use { engine ->
                val probe = Probe(recipe, plan, data, engine)
                ProbeTable(
                    recipe,
                    seeds,
                    choices.associate { (name, initializer) ->
                        name to
                            List(seeds) { probe.read(Seed(recipe.train.seed + it), initializer) }
                    },
                )
            }
        terminal.out.print(table.text())
        return ExitCode.DONE
    }

    /** Read as a setting of the recipe, so that it may be all that can stand there. */
    private fun initializer(recipe: Recipe, text: String): Initializer =
        Overrides.apply(recipe, listOf("generator.init=$text")).generator.init

    private fun name(text: String) =
        text.replace(Regex("type: *"), "").trim('{', '}', ' ').replace(Regex("[ ,:]+"), " ")

    private companion object {
        const val MOST_SEEDS = 100
    }
}
