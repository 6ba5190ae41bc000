package dev.sparring.cli

import dev.sparring.diagnose.Probe
import dev.sparring.dsl.Overrides
import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.file.AtomicFile
import dev.sparring.init.Initializer
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.report.ProbeReport
import dev.sparring.tensor.Precision
import java.nio.file.Path
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
        description = ["seeds to average over, from the recipe's seed on (default: 3)"],
    )
    var seeds: Int = 3

    @Option(
        names = ["--out"],
        paramLabel = "FILE.html",
        description = ["an HTML page with plots, which loads nothing (default: none)"],
    )
    var output: Path? = null

    @Option(
        names = ["--fit"],
        paramLabel = "INIT",
        description =
            [
                "searches for one gain a network, of he, xavier, orthogonal, deltaOrthogonal or",
                "convOrthogonal, with which gradients neither grow nor fall; prints a patch of the",
                "recipe (default: none)",
            ],
    )
    var fit: String? = null

    override fun call(): Int {
        if (seeds !in 1..MOST_SEEDS) throw BadInput("--seeds must be 1 to $MOST_SEEDS, got $seeds")
        val loaded = source.load()
        val recipe = loaded.recipe
        val plan = loaded.plan()
        if (recipe.train.precision == Precision.BF16) {
            terminal.log("train.precision: measured in float32, training passes are in bf16")
        }
        fit?.let { word ->
            if (output != null) throw BadInput("--fit prints a patch and makes no page: --out")
            return GainPatch(recipe, loaded.format, word, seeds, terminal).print {
                engines.openToLook(recipe.train, terminal::log)
            }
        }
        val others = inits.map { name(it) to initializer(recipe, it, loaded.format) }
        val choices: List<Pair<String, Initializer?>> =
            listOf("recipe" to null) + if (plan.isDrawnByNorms()) listOf() else others
        if (plan.isDrawnByNorms()) {
            terminal.log("no other initial weights: the recipe's norms draw all of them")
        }
        val own = recipe.train.runSeeds()
        val data = recipe.openData(terminal::log)
        val readings =
            engines.openToLook(recipe.train, terminal::log).use { engine ->
                val probe = Probe(plan, data, engine)
                choices.associate { (name, initializer) ->
                    name to List(seeds) { probe.read(own.plus(it.toLong()), initializer) }
                }
            }
        terminal.out.print(ProbeTable(recipe, seeds, readings).text())
        output?.let { file ->
            val page = ProbeReport(recipe.name, readings).html(file.toAbsolutePath().parent)
            writing(file, "probe.html") { AtomicFile.writeText(file, page) }
            terminal.log("$file")
        }
        return ExitCode.DONE
    }

    private fun GamePlan.isDrawnByNorms() =
        networks().all { network -> network.weighted().allMatch { it.norm.initializer() != null } }

    /** Read as a setting of the recipe, so that every initializer of recipes is allowed. */
    private fun initializer(recipe: Recipe, text: String, format: RecipeFormat): Initializer =
        try {
            Overrides.apply(recipe, listOf("$INIT=$text"), format).generator.init
                ?: throw BadInput("--init: expected an initializer, got nothing")
        } catch (e: RecipeSyntaxException) {
            throw RecipeSyntaxException(
                    e.problems.map {
                        val path = it.path.removePrefix(INIT).removePrefix(".")
                        it.copy(source = "--init $text", path = path)
                    }
                )
                .apply { initCause(e) }
        }

    private fun name(text: String) =
        text.replace(Regex("type: *"), "").trim('{', '}', ' ').replace(Regex("[ ,:]+"), " ")

    private companion object {
        const val MOST_SEEDS = 100
        const val INIT = "generator.init"
    }
}
