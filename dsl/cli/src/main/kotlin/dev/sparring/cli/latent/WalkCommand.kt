package dev.sparring.cli.latent

import dev.sparring.cli.BadInput
import dev.sparring.cli.DelayOption
import dev.sparring.cli.ExitCode
import dev.sparring.cli.OneClassOption
import dev.sparring.cli.SampleFormat
import dev.sparring.cli.Terminal
import dev.sparring.cli.saying
import dev.sparring.cli.writing
import dev.sparring.data.NpyWriter
import dev.sparring.image.Gif
import dev.sparring.image.Png
import dev.sparring.network.Interpolation
import dev.sparring.network.Sampler
import dev.sparring.recipe.Recipe
import dev.sparring.run.RunData
import dev.sparring.run.Runs
import dev.sparring.run.SamplePicture
import java.nio.file.Path
import java.util.Locale
import java.util.concurrent.Callable
import kotlin.math.ceil
import kotlin.math.sqrt
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option

@Command(
    name = "walk",
    description =
        ["Walks through the noise of a run's generator, from one sample to others: a grid, a GIF."],
    mixinStandardHelpOptions = true,
)
internal class WalkCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin val look: LatentRun = LatentRun()

    @Option(
        names = ["--from"],
        paramLabel = Draw.LABEL,
        description =
            [
                "where it begins: SEED:N is the N-th sample, from 0, that `sample --seed SEED` " +
                    "draws; SEED is its first one, :N one of the run's seed (default: :0)"
            ],
    )
    var from: String = ":0"

    @Option(
        names = ["--to"],
        paramLabel = Draw.LABEL,
        description = ["where it goes; given again, on to there (default: :1)"],
    )
    var to: List<String> = listOf(":1")

    @Option(
        names = ["--lerp"],
        description =
            [
                "in straight lines: half way between two vectors of normal noise, shorter ones " +
                    "than the generator was trained with"
            ],
    )
    var lerp: Boolean = false

    @Option(
        names = ["--slerp"],
        description =
            [
                "along great circles, for normal noise (Shoemake 1985; arXiv:1609.04468); the " +
                    "default where the noise is normal, else --lerp"
            ],
    )
    var slerp: Boolean = false

    @Option(
        names = ["--steps"],
        paramLabel = "N",
        description = ["samples from one draw to the next, both counted (default: $STEPS)"],
    )
    var steps: Int = STEPS

    @Mixin val single: OneClassOption = OneClassOption()

    @Option(
        names = ["--out"],
        paramLabel = "FILE",
        description =
            [
                "what to write, once or more (default: walk.png): FILE.png, a grid, a row from " +
                    "draw to draw, a single long one in several; FILE.gif, an animation there " +
                    "and back; FILE.npy, float32 of shape (N, C, H, W), or (N, D) of points"
            ],
    )
    var output: List<Path>? = null

    @Mixin val animation: DelayOption = DelayOption()

    override fun call(): Int {
        val directory = look.directory
        val files = OutFiles.of(output, listOf("walk.png"), ENDINGS)
        val draws = listOf(Draw.of("--from", from)) + to.map { Draw.of("--to", it) }
        check(files, draws.size)
        val recipe = look.loaded().recipe
        look.requireNoise(recipe, "a walk")
        val by = interpolation(recipe)
        look.requireCheckpoint()
        look.engine(recipe, terminal).use { engine ->
            val plain = look.chosen.read(directory) { Runs.sampler(it, recipe, engine) }
            val sampler = look.truncated(plain)
            if (plain.dependsOnBatch()) {
                throw BadInput(
                    "${look.path}: a walk needs samples that do not depend on each other, and those of " +
                        "this generator do (batchNorm with alwaysBatch)"
                )
            }
            val known = single.of(look.path, sampler, "a walk has")
            if (files.has(".gif")) look.requireImages(sampler, "be animated")
            val stops = draws.map { sampler.noiseOf(it.index, it.seed(recipe.train.seed)) }
            say(by, stops, draws.map { it.name(recipe.train.seed) })
            val samples =
                saying("--${by.name.lowercase()}") {
                    val z = stops.fold(FloatArray(0), FloatArray::plus)
                    sampler.walk(by, z, stops.size, steps, known)
                }
            files.all().forEach { write(it, files.ending(it), sampler, samples, recipe) }
        }
        files.all().forEach(terminal.out::println)
        return ExitCode.DONE
    }

    /** All that options alone can say. */
    private fun check(files: OutFiles, draws: Int) {
        if (lerp && slerp) throw BadInput("--lerp and --slerp: expected one of them")
        if (steps < 2) {
            throw BadInput("--steps must be 2 or more, since both ends are counted, got $steps")
        }
        val samples = steps.toLong() * (draws - 1)
        // All pictures of an animation are in memory at once.
        val most = if (files.has(".gif")) SampleFormat.ANIMATION.most.toLong() else MOST
        if (samples > most)
            throw BadInput("--steps: $samples samples in all; expected at most $most")
        animation.require(files.has(".gif"))
    }

    private fun interpolation(recipe: Recipe): Interpolation {
        val noise = recipe.generator.noise
        val size = recipe.generator.latent
        if (slerp) saying("--slerp") { Interpolation.SLERP.requireFor(noise, size) }
        if (lerp) return Interpolation.LERP
        return try {
            Interpolation.SLERP.apply { requireFor(noise, size) }
        } catch (e: IllegalArgumentException) {
            terminal.log("--lerp: ${e.message}")
            Interpolation.LERP
        }
    }

    private fun say(by: Interpolation, stops: List<FloatArray>, names: List<String>) {
        stops.zipWithNext().forEachIndexed { i, (a, b) ->
            // Noise of zeros has no angle; slerp says so itself.
            val angle = runCatching { Math.toDegrees(Interpolation.angle(a, b)) }.getOrNull()
            val degrees = angle?.let { ", angle %.1f degrees".format(Locale.ROOT, it) }.orEmpty()
            val lengths = "%.2f to %.2f".format(Locale.ROOT, length(a), length(b))
            val way = "${names[i]} to ${names[i + 1]}"
            terminal.log("$way: ${by.name.lowercase()}$degrees, lengths $lengths")
        }
    }

    private fun length(z: FloatArray) = sqrt(z.sumOf { it.toDouble() * it })

    private fun write(
        file: Path,
        ending: String,
        sampler: Sampler,
        samples: FloatArray,
        recipe: Recipe,
    ) {
        val shape = sampler.sampleShape()
        val batch = shape.batch(samples.size / shape.elements())
        when (ending) {
            ".npy" -> writing(file, "walk.npy") { NpyWriter.write(samples, batch, file) }
            ".gif" -> {
                val frames = WalkFrames.of(samples, batch, steps)
                writing(file, "walk.gif") { Gif.write(frames, animation.milliseconds, file) }
            }
            else -> {
                val real = { RunData.open(look.directory, recipe, terminal::log) }
                val picture =
                    SamplePicture.draw(sampler, real, samples, columns()).orElseThrow {
                        BadInput(
                            "${look.path}: samples of shape $shape cannot be drawn; images " +
                                "(1 or 3, H, W) and points (2) can; a .npy holds any"
                        )
                    }
                writing(file, "walk.png") { Png.write(picture, file) }
            }
        }
    }

    /** A row from draw to draw; a single row that is too long to be seen goes on below. */
    private fun columns(): Int =
        if (to.size > 1 || steps <= LONGEST) steps else ceil(sqrt(steps.toDouble())).toInt()

    private companion object {
        const val STEPS = 9
        const val MOST = 10_000L
        const val LONGEST = 16
        val ENDINGS =
            linkedMapOf(".png" to "a grid", ".gif" to "an animation", ".npy" to "an array")
    }
}
