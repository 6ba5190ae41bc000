package dev.sparring.cli.latent

import dev.sparring.cli.BadInput
import dev.sparring.cli.EvaluationFiles
import dev.sparring.cli.EvaluationText
import dev.sparring.cli.ExitCode
import dev.sparring.cli.ExtractorOptions
import dev.sparring.cli.LoadedRecipe
import dev.sparring.cli.Terminal
import dev.sparring.cli.classifier.ReferenceClassifier
import dev.sparring.cli.knownClass
import dev.sparring.cli.sayIfProgram
import dev.sparring.cli.writing
import dev.sparring.data.DataSet
import dev.sparring.dsl.Overrides
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.eval.Evaluation
import dev.sparring.eval.Extractors
import dev.sparring.eval.NearestImages
import dev.sparring.eval.ScheduledEvaluation
import dev.sparring.extract.Extractor
import dev.sparring.extract.Pixels
import dev.sparring.file.AtomicFile
import dev.sparring.image.Png
import dev.sparring.network.Sampler
import dev.sparring.recipe.Recipe
import dev.sparring.run.RunData
import dev.sparring.run.RunDirectory
import dev.sparring.run.Runs
import dev.sparring.run.SamplePicture
import java.nio.file.Path
import java.util.concurrent.Callable
import kotlinx.serialization.json.JsonPrimitive
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Model.CommandSpec
import picocli.CommandLine.Option
import picocli.CommandLine.Spec

@Command(
    name = "neighbors",
    description =
        [
            "Finds the training samples nearest to generated ones, and says whether they are " +
                "nearer than held-out samples are: whether the generator memorizes."
        ],
    mixinStandardHelpOptions = true,
)
internal class NeighborsCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin val look: LatentRun = LatentRun()

    @Option(
        names = ["--count"],
        paramLabel = "N",
        description = ["how many generated samples are compared (default: $COUNT)"],
    )
    var count: Int = COUNT

    @Option(
        names = ["--neighbors"],
        paramLabel = "K",
        description = ["how many training samples for each (default: $NEIGHBORS)"],
    )
    var neighbors: Int = NEIGHBORS

    @Option(
        names = ["--show"],
        paramLabel = "N",
        description =
            [
                "how many rows the picture has: the samples that are nearest to a training " +
                    "sample, the nearest first (default: $SHOWN)"
            ],
    )
    var shown: Int = SHOWN

    @Option(
        names = ["--held-out"],
        paramLabel = "DATA",
        description =
            [
                "held-out samples to compare with, as a recipe's data, such as " +
                    "'{ type: fashionMnist, split: test }' (default: the recipe's evaluate.data)"
            ],
    )
    var heldOut: String? = null

    @Option(
        names = ["--seed"],
        paramLabel = "N",
        description =
            ["seed of noise, of the choice of samples and of intervals (default: the run's seed)"],
    )
    var seed: Long? = null

    @Option(
        names = ["--class"],
        paramLabel = "K",
        description = ["samples of this class only, from 0 (default: all classes in turn)"],
    )
    var label: Int? = null

    @Option(
        names = ["--out"],
        paramLabel = "FILE",
        description =
            [
                "what to write, once or more (default: neighbors.csv, and neighbors.png of " +
                    "images): FILE.png, rows of a generated sample, its nearest training " +
                    "samples, and its nearest held-out one; FILE.csv, all neighbours with " +
                    "their distances"
            ],
    )
    var output: List<Path>? = null

    @Mixin lateinit var extractors: ExtractorOptions

    @Spec lateinit var spec: CommandSpec

    override fun call(): Int {
        val directory = look.directory
        check()
        val loaded = look.loaded()
        val recipe = loaded.recipe
        look.requireNoise(recipe, "a search for memorized samples")
        val isImage = SamplePicture.isImage(recipe.data.sampleShape())
        val standard = listOfNotNull("neighbors.csv", "neighbors.png".takeIf { isImage })
        val files = OutFiles.of(output, standard, ENDINGS)
        files.require(".png", "a picture", spec, "--show")
        val source = extractors.source(recipe)
        terminal.sayIfProgram(source)
        look.requireCheckpoint()
        val train = RunData.open(directory, recipe, terminal::log)
        val compared = compared(directory, loaded, train)
        look.engine(recipe, terminal).use { engine ->
            val (step, plain) =
                look.chosen.read(directory) {
                    it.progress().step to Runs.sampler(it, recipe, engine)
                }
            val sampler = look.truncated(plain)
            if (files.has(".png")) look.requireImages(sampler, "be drawn")
            val made = made(sampler, seed(recipe))
            ReferenceClassifier(look.own.words, terminal).prepare(source, recipe, train, engine)
            try {
                Extractors.open(source, recipe.data, train, engine, terminal::log).use {
                    if (it !is Pixels) it.check(sampler.sampleShape())
                    val found = NearestImages.of(made, train, compared, it, neighbors, seed(recipe))
                    say(found, it, directory, step, recipe, compared)
                    val table = NeighborTable(found, train, compared, count)
                    for (file in files.all()) {
                        if (files.ending(file) == ".csv") {
                            writing(file, "neighbors.csv") {
                                AtomicFile.writeText(file, table.csv())
                            }
                        } else {
                            val picture = table.picture(made, minOf(shown, count))
                            writing(file, "neighbors.png") { Png.write(picture, file) }
                        }
                    }
                }
            } catch (e: IllegalArgumentException) {
                throw BadInput("${look.path}: ${e.message}", e)
            }
        }
        files.all().forEach(terminal.out::println)
        return ExitCode.DONE
    }

    private fun check() {
        if (count !in 2..MOST) throw BadInput("--count must be 2 to $MOST, got $count")
        if (neighbors !in 1..MOST_NEIGHBORS) {
            throw BadInput("--neighbors must be 1 to $MOST_NEIGHBORS, got $neighbors")
        }
        if (shown !in 1..MOST_SHOWN) throw BadInput("--show must be 1 to $MOST_SHOWN, got $shown")
    }

    private fun seed(recipe: Recipe) = seed ?: recipe.train.seed

    private fun made(sampler: Sampler, seed: Long): FloatArray {
        val known = knownClass(look.path, sampler, label)
        return if (known == null) sampler.sample(count, seed)
        else sampler.sampleOf(known, count, seed)
    }

    /** The held-out samples; null if there are none. */
    private fun compared(directory: RunDirectory, loaded: LoadedRecipe, train: DataSet): DataSet? {
        val recipe = heldOut?.let { withHeldOut(loaded, it) } ?: loaded.recipe
        val evaluate = recipe.evaluate
        if (evaluate?.data == null) {
            terminal.log(
                "no held-out samples, neither $COMPARED in the recipe nor --held-out: distances " +
                    "are to the ${train.size()} training samples only, and cannot say whether " +
                    "they are memorized"
            )
            return null
        }
        val data =
            try {
                ScheduledEvaluation.compared(recipe, evaluate, train, terminal::log)
            } catch (e: IllegalArgumentException) {
                throw BadInput(
                    if (heldOut == null) "${look.path}: ${e.message}" else ofOption(e),
                    e,
                )
            }
        if (heldOut == null) RunData.requireCompared(directory, COMPARED, data, terminal::log)
        if (data.fingerprint() == train.fingerprint()) {
            throw BadInput(
                "${if (heldOut == null) COMPARED else "--held-out"}: is the training data; " +
                    "expected samples that the run was not trained on"
            )
        }
        return data
    }

    private fun withHeldOut(loaded: LoadedRecipe, data: String): Recipe {
        val setting =
            if (loaded.recipe.evaluate == null) "evaluate={ data: $data }" else "$COMPARED=$data"
        return try {
            Overrides.apply(loaded.recipe, listOf(setting), loaded.format)
        } catch (e: RecipeSyntaxException) {
            throw BadInput(ofOption(e, "--set $setting: "), e)
        }
    }

    /** A problem of the option's data, not of the place in a recipe where it was put. */
    private fun ofOption(e: Exception, place: String = ""): String =
        "--held-out: ${"${e.message}".removePrefix(place).removePrefix("$COMPARED: ")}"

    private fun say(
        found: NearestImages,
        extractor: Extractor,
        directory: RunDirectory,
        step: Long,
        recipe: Recipe,
        heldOut: DataSet?,
    ) {
        val memorization = found.memorization().orElse(null)
        terminal.log(extractor.conditions())
        if (memorization == null) {
            val median = EvaluationText.number(found.train().median())
            terminal.out.println("nearest_train (${extractor.name()})  $median")
            return
        }
        val evaluation =
            Evaluation(
                extractor.name(),
                extractor.conditions(),
                count,
                memorization.size,
                seed(recipe),
                listOf(memorization),
            )
        terminal.out.print(EvaluationText.table(evaluation))
        terminal.log(memorization.conditions())
        memorization.warnings().forEach { terminal.log("warning: $it") }
        if (label != null || look.truncating.truncation != null) {
            terminal.log(
                "no evaluation file: samples of a class, or truncated ones, are not the run's as " +
                    "it samples"
            )
            return
        }
        val files = EvaluationFiles(directory, step, extractor)
        val more = mapOf("heldOut" to JsonPrimitive(checkNotNull(heldOut).fingerprint()))
        terminal.log("${files.write(evaluation, "neighbors", more)}")
    }

    private companion object {
        const val COUNT = 500
        const val MOST = 10_000
        const val NEIGHBORS = 5
        const val MOST_NEIGHBORS = 50
        const val SHOWN = 8
        const val MOST_SHOWN = 100
        const val COMPARED = ScheduledEvaluation.COMPARED
        val ENDINGS = linkedMapOf(".png" to "a picture", ".csv" to "a table")
    }
}
