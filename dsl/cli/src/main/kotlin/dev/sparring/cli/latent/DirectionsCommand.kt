package dev.sparring.cli.latent

import dev.sparring.cli.BadInput
import dev.sparring.cli.ExitCode
import dev.sparring.cli.OneClassOption
import dev.sparring.cli.Terminal
import dev.sparring.cli.columns
import dev.sparring.cli.writing
import dev.sparring.data.NpyWriter
import dev.sparring.file.AtomicFile
import dev.sparring.image.Png
import dev.sparring.latent.Directions
import dev.sparring.network.Sampler
import dev.sparring.run.Runs
import dev.sparring.run.SamplePicture
import dev.sparring.tensor.Shape
import java.nio.file.Path
import java.util.Locale
import java.util.OptionalInt
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Model.CommandSpec
import picocli.CommandLine.Option
import picocli.CommandLine.Spec

@Command(
    name = "directions",
    description =
        [
            "Finds the directions of the noise that change a generator's first layer the most " +
                "(SeFa, arXiv:2007.06600), and draws samples that are moved along them."
        ],
    mixinStandardHelpOptions = true,
)
internal class DirectionsCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin val look: LatentRun = LatentRun()

    @Option(
        names = ["--count"],
        paramLabel = "N",
        description = ["how many, the strongest first (default: $COUNT, or all if there are fewer)"],
    )
    var count: Int? = null

    @Option(
        names = ["--rows"],
        paramLabel = "plain|unit",
        description =
            [
                "how outputs of the first linear map are weighted. plain: as they are (the " +
                    "paper's formula, StudioGAN; the default); unit: each row of the map " +
                    "divided by its length (the authors' program)"
            ],
    )
    var rows: Directions.Rows = Directions.Rows.PLAIN

    @Option(
        names = ["--distances"],
        paramLabel = "X,X,...",
        split = ",",
        description =
            [
                "how far samples are moved along a direction of length 1, in the unit of the " +
                    "noise (default: -6,-4,-2,0,2,4,6)"
            ],
    )
    var distances: List<Double> = listOf(-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0)

    @Option(
        names = ["--draw"],
        paramLabel = Draw.LABEL,
        description =
            [
                "a sample to move, a row in each picture; once or more: SEED:N is the N-th, " +
                    "from 0, that `sample --seed SEED` draws; SEED is its first one, :N one of " +
                    "the run's seed (default: :0, :1 and :2)"
            ],
    )
    var draws: List<String> = listOf(":0", ":1", ":2")

    @Mixin val single: OneClassOption = OneClassOption()

    @Option(
        names = ["--out"],
        paramLabel = "FILE",
        description =
            [
                "what to write, once or more (default: directions.png and directions.json): " +
                    "FILE.png, a picture of each direction; FILE.json, the directions with " +
                    "their strengths and where they are from; FILE.npy, the directions, float32 " +
                    "of shape (N, latent)"
            ],
    )
    var output: List<Path>? = null

    @Spec lateinit var spec: CommandSpec

    override fun call(): Int {
        val directory = look.directory
        val recipe = look.loaded().recipe
        val isImage = SamplePicture.isImage(recipe.data.sampleShape())
        val standard = listOfNotNull("directions.png".takeIf { isImage }, "directions.json")
        val files = OutFiles.of(output, standard, ENDINGS)
        files.require(".png", "pictures", spec, "--distances", "--draw", "--class", "--truncation")
        val draws = draws.map { Draw.of("--draw", it) }
        check(draws.size)
        look.requireNoise(recipe, "a direction")
        look.requireCheckpoint()
        look.engine(recipe, terminal).use { engine ->
            val (step, generator) =
                look.chosen.read(directory) {
                    it.progress().step to Runs.generator(it, recipe, engine)
                }
            val sampler = look.truncated(Sampler.of(generator, recipe))
            val found =
                try {
                    Directions.of(generator, rows)
                } catch (e: IllegalArgumentException) {
                    throw BadInput("${look.path}: ${e.message}", e)
                }
            val many = many(found)
            val known = if (files.has(".png")) classOfDrawn(sampler) else OptionalInt.empty()
            terminal.log("of ${found.about()}")
            terminal.out.print(table(found, many))
            val seed = recipe.train.seed
            for (file in files.all()) {
                when (files.ending(file)) {
                    ".npy" -> array(found, many, file)
                    ".json" -> {
                        val text = DirectionsJson.of(found, many, "${look.path}", step, rows)
                        writing(file, "directions.json") { AtomicFile.writeText(file, text) }
                    }
                    else -> {
                        val stops = draws.map { sampler.noiseOf(it.index, it.seed(seed)) }
                        val pictures = DirectionPictures(sampler, found, stops, distances, known)
                        writing(file, "directions.png") { Png.write(pictures.of(many), file) }
                    }
                }
            }
        }
        files.all().forEach(terminal.out::println)
        return ExitCode.DONE
    }

    private fun check(draws: Int) {
        count?.let { if (it < 1) throw BadInput("--count must be 1 or more, got $it") }
        if (distances.isEmpty() || !distances.all { it.isFinite() }) {
            throw BadInput("--distances must be numbers such as -2,0,2")
        }
        val pictures = distances.size.toLong() * draws
        if (pictures > MOST) {
            throw BadInput(
                "--distances: $pictures samples for each direction; expected at most $MOST"
            )
        }
    }

    /** The class of the samples to draw; refuses those that cannot be drawn. */
    private fun classOfDrawn(sampler: Sampler): OptionalInt {
        look.requireImages(sampler, "be drawn")
        if (sampler.dependsOnBatch()) {
            throw BadInput(
                "${look.path}: moved samples cannot be drawn, since samples of this generator depend on " +
                    "each other (batchNorm with alwaysBatch); --out FILE.json has the directions"
            )
        }
        return single.of(look.path, sampler, "moved samples have")
    }

    private fun many(found: Directions): Int {
        val asked = count ?: return minOf(COUNT, found.count())
        if (asked > found.count()) {
            throw BadInput(
                "--count must be 1 to ${found.count()}, the noise's elements, got $asked"
            )
        }
        return asked
    }

    private fun table(found: Directions, many: Int): String {
        val whole = (0 until found.count()).sumOf { found.strength(it) * found.strength(it) }
        return columns(
            listOf(listOf("direction", "strength", "share")) +
                List(many) { i ->
                    val share =
                        if (whole > 0) 100 * found.strength(i) * found.strength(i) / whole else 0.0
                    listOf(
                        "$i",
                        "%.6g".format(Locale.ROOT, found.strength(i)),
                        "%.1f%%".format(Locale.ROOT, share),
                    )
                },
            right = setOf(0, 1, 2),
        )
    }

    private fun array(found: Directions, many: Int, file: Path) {
        val size = found.vector(0).size
        val values = FloatArray(many * size) { found.vector(it / size)[it % size].toFloat() }
        writing(file, "directions.npy") { NpyWriter.write(values, Shape.of(many, size), file) }
    }

    private companion object {
        const val COUNT = 8
        const val MOST = 1_000L
        val ENDINGS = linkedMapOf(".png" to "pictures", ".json" to "numbers", ".npy" to "an array")
    }
}
