package dev.sparring.cli

import dev.sparring.cli.classifier.ReferenceClassifier
import dev.sparring.data.DataSet
import dev.sparring.data.Mixture
import dev.sparring.eval.Evaluation
import dev.sparring.eval.Extractors
import dev.sparring.eval.FeatureCache
import dev.sparring.eval.RealSamples
import dev.sparring.eval.ScheduledEvaluation
import dev.sparring.extract.Extractor
import dev.sparring.network.Sampler
import dev.sparring.recipe.Evaluate
import dev.sparring.recipe.GeneratorStatistics
import dev.sparring.recipe.Recipe
import dev.sparring.run.RunData
import dev.sparring.run.RunDirectory
import dev.sparring.run.Runs
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "eval",
    description = ["Measures the samples of a run's generator against the real ones."],
    mixinStandardHelpOptions = true,
)
internal class EvalCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(paramLabel = "RUN", description = ["a run directory"]) lateinit var run: Path

    @Option(
        names = ["--count"],
        paramLabel = "N",
        description =
            ["how many samples (default: the recipe's evaluate, else 2500 points, 2000 images)"],
    )
    var count: Int? = null

    @Option(
        names = ["--seed"],
        paramLabel = "N",
        description =
            ["seed of noise and subsets (default: the recipe's evaluate, else train.seed)"],
    )
    var seed: Long? = null

    @Option(
        names = ["--truncation"],
        paramLabel = "KIND=V,V,...",
        description =
            [
                "a curve: measures at each of these truncations and without one, precision " +
                    "against recall; kinds as those of `sample`: resample=0.3,0.5,1"
            ],
    )
    var truncation: String? = null

    @Option(
        names = ["--intervals"],
        description =
            [
                "95 %% intervals of the figures, but for counts of modes and classes and for " +
                    "deviations over subsets, which have none; and the Fréchet distance that " +
                    "infinitely many samples would have (arXiv:1911.07023). Takes some 30 times " +
                    "as long as the Fréchet distance"
            ],
    )
    var intervals: Boolean = false

    @Option(
        names = ["--monge"],
        description =
            [
                "of images, the Monge distance too: sliced Wasserstein over 1000 directions; " +
                    "MIND with Inception features (arXiv:2605.06797)"
            ],
    )
    var monge: Boolean = false

    @Mixin val chosen: CheckpointOption = CheckpointOption()

    @Mixin lateinit var extractors: ExtractorOptions

    @Mixin lateinit var engines: EngineOptions

    @Mixin val own: WordOptions = WordOptions()

    override fun call(): Int {
        val directory = existingRun(run)
        val recipe = LoadedRecipe.of(directory, own.words).recipe
        val many = count ?: recipe.evaluate?.samples ?: Evaluation.standardCount(recipe.data)
        if (many !in 2..MOST) {
            val why = if (many > MOST) "; time grows with its square" else ""
            throw BadInput("--count must be 2 to $MOST, got $many$why")
        }
        requireTruncation(recipe)
        if (intervals && truncation != null) {
            throw BadInput("--intervals: not with --truncation, whose figures have none")
        }
        if (intervals && many < FEWEST && recipe.data !is Mixture) {
            throw BadInput("--intervals: needs $FEWEST samples or more, got $many")
        }
        if (monge && recipe.data is Mixture) {
            throw BadInput("--monge: points of a mixture are measured by their modes only")
        }
        val source = extractors.source(recipe)
        terminal.sayIfProgram(source)
        // Before data and an engine are opened, which takes seconds.
        chosen.read(directory) {}
        val real = RunData.open(directory, recipe, terminal::log)
        engines.openToLook(recipe.train, terminal::log).use { engine ->
            val (step, sampler) =
                chosen.read(directory) {
                    it.progress().step to
                        Runs.sampler(
                            it,
                            recipe,
                            engine,
                            real,
                            GeneratorStatistics.ofMeasured(recipe),
                        )
                }
            ReferenceClassifier(own.words, terminal).prepare(source, recipe, real, engine)
            try {
                Extractors.open(source, recipe.data, real, engine, terminal::log).use {
                    val measure = measure(it, directory, recipe, real, many)
                    val files = EvaluationFiles(directory, step, it)
                    val curve = TruncationCurve.of(truncation, recipe.generator.noise)
                    if (curve == null) say({ measure(sampler) }, files)
                    else curve.measure(terminal, sampler, measure, files)
                }
            } catch (e: IllegalArgumentException) {
                throw BadInput("$run: ${e.message}", e)
            }
        }
        return ExitCode.DONE
    }

    /** Measures samples; the features of real ones are taken once. */
    private fun measure(
        extractor: Extractor,
        directory: RunDirectory,
        recipe: Recipe,
        real: DataSet,
        many: Int,
    ): (Sampler) -> Evaluation {
        val points = recipe.data
        if (points is Mixture) {
            return { Evaluation.of(it, points, real, extractor, many, seed(recipe), more) }
        }
        extractor.check(recipe.data.sampleShape())
        val cache = FeatureCache.standard(terminal::log)
        val held = recipe.evaluate?.let { e -> held(directory, recipe, e, real) } ?: real
        val compared = RealSamples.of(held, extractor, many, seed(recipe), cache)
        return { Evaluation.of(it.from(held), compared, many, more) }
    }

    private val more: Set<Evaluation.More>
        get() =
            setOfNotNull(
                Evaluation.More.INTERVALS.takeIf { intervals },
                Evaluation.More.MONGE.takeIf { monge },
            )

    private fun requireTruncation(recipe: Recipe) {
        if (truncation != null && recipe.data.sourceShape().isPresent) {
            throw BadInput("--truncation: the run generates images from images, not from noise")
        }
        TruncationCurve.of(truncation, recipe.generator.noise)
    }

    private fun held(directory: RunDirectory, recipe: Recipe, evaluate: Evaluate, data: DataSet) =
        ScheduledEvaluation.compared(recipe, evaluate, data, terminal::log).also {
            if (evaluate.data != null) {
                val place = ScheduledEvaluation.COMPARED
                RunData.requireCompared(directory, place, it, terminal::log)
            }
        }

    private fun seed(recipe: Recipe) = seed ?: recipe.evaluate?.seed ?: recipe.train.seed

    /** Measures, and writes what was found. */
    private fun say(measured: () -> Evaluation, files: EvaluationFiles) {
        val evaluation = measured()
        terminal.out.print(EvaluationText.table(evaluation))
        terminal.log(evaluation.features)
        evaluation.results.forEach { result ->
            terminal.log(result.conditions())
            result.warnings().forEach { terminal.log("warning: $it") }
        }
        terminal.log("${files.write(evaluation)}")
    }

    private companion object {
        /**
         * As many as the papers compare. Products of all pairs are computed: with 2,048 features
         * this many take some seven minutes of one core.
         */
        const val MOST = 50_000
        /** As core's. */
        const val FEWEST = 40
    }
}

/** Runs something for a recipe's `evaluate`; what it cannot measure is bad input. */
internal fun measuring(work: () -> Unit) {
    try {
        work()
    } catch (e: IllegalArgumentException) {
        throw BadInput("evaluate: ${e.message}", e)
    }
}
