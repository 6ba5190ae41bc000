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
import dev.sparring.extract.Pixels
import dev.sparring.file.AtomicFile
import dev.sparring.file.Reason
import dev.sparring.file.Sha256
import dev.sparring.recipe.Evaluate
import dev.sparring.recipe.GeneratorStatistics
import dev.sparring.recipe.Recipe
import dev.sparring.run.RunData
import dev.sparring.run.RunDirectory
import dev.sparring.run.Runs
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale
import java.util.concurrent.Callable
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.add
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject
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
        val source = extractors.source(recipe)
        terminal.sayIfProgram(source)
        // Before data and an engine are opened, which takes seconds.
        chosen.read(directory) {}
        val real = RunData.open(directory, recipe, terminal::log)
        return engines.openToLook(recipe.train, terminal::log).use { engine ->
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
                    val evaluation =
                        if (recipe.data is Mixture)
                            Evaluation.of(sampler, recipe.data, real, it, many, seed(recipe))
                        else {
                            it.check(sampler.sampleShape())
                            val cache = FeatureCache.standard(terminal::log)
                            val held =
                                recipe.evaluate?.let { e -> held(directory, recipe, e, real) }
                                    ?: real
                            val compared = RealSamples.of(held, it, many, seed(recipe), cache)
                            Evaluation.of(sampler.from(held), compared, many)
                        }
                    say(evaluation, step, directory, it)
                }
            } catch (e: IllegalArgumentException) {
                throw BadInput("$run: ${e.message}", e)
            }
        }
    }

    private fun held(directory: RunDirectory, recipe: Recipe, evaluate: Evaluate, data: DataSet) =
        ScheduledEvaluation.compared(recipe, evaluate, data, terminal::log).also {
            if (evaluate.data != null) {
                val place = ScheduledEvaluation.COMPARED
                RunData.requireCompared(directory, place, it, terminal::log)
            }
        }

    private fun seed(recipe: Recipe) = seed ?: recipe.evaluate?.seed ?: recipe.train.seed

    private fun say(
        evaluation: Evaluation,
        step: Long,
        directory: RunDirectory,
        extractor: Extractor,
    ): Int {
        terminal.out.print(table(evaluation))
        terminal.log(evaluation.features)
        evaluation.results.forEach { result ->
            terminal.log(result.conditions())
            result.warnings().forEach { terminal.log("warning: $it") }
        }
        val file = place(directory, step, extractor)
        val text =
            PRETTY.encodeToString(JsonObject.serializer(), json(evaluation, step, extractor)) + "\n"
        try {
            Files.createDirectories(file.parent)
            AtomicFile.writeText(file, text)
        } catch (e: IOException) {
            throw BadInput(Reason.line(e, file, "cannot be written"), e)
        }
        terminal.log(file.toString())
        return ExitCode.DONE
    }

    /** Extractors of one name differ by weights or preprocessing: neither overwrites the other. */
    private fun place(directory: RunDirectory, step: Long, extractor: Extractor): Path =
        if (extractor is Pixels) {
            directory.evaluation(step)
        } else {
            val identity = Sha256.of(extractor.id().toByteArray()).take(8)
            directory.evaluation(step, "${extractor.name()}-$identity")
        }

    private fun table(evaluation: Evaluation): String =
        columns(
            evaluation.results.flatMap { result ->
                result.figures().map { (name, value) ->
                    listOf("$name (${evaluation.extractor})", "%.6g".format(Locale.ROOT, value))
                }
            },
            right = setOf(1),
        )

    private fun json(evaluation: Evaluation, step: Long, extractor: Extractor) = buildJsonObject {
        put("step", step)
        put("extractor", evaluation.extractor)
        put("features", evaluation.features)
        put("id", extractor.id())
        put("samples", evaluation.made)
        put("real", evaluation.real)
        put("seed", evaluation.seed)
        putJsonArray("metrics") {
            evaluation.results.forEach { result ->
                addJsonObject {
                    putJsonObject("figures") { result.figures().forEach { (k, v) -> put(k, v) } }
                    put("conditions", result.conditions())
                    putJsonArray("warnings") { result.warnings().forEach { add(it) } }
                }
            }
        }
    }

    private companion object {
        /**
         * As many as the papers compare. Products of all pairs are computed: with 2,048 features
         * this many take some seven minutes of one core.
         */
        const val MOST = 50_000

        val PRETTY = Json { prettyPrint = true }
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
