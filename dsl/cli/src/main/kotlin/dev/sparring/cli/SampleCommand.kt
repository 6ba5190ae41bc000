package dev.sparring.cli

import dev.sparring.data.NpyWriter
import dev.sparring.image.Gif
import dev.sparring.image.Png
import dev.sparring.network.Sampler
import dev.sparring.recipe.Recipe
import dev.sparring.run.RunData
import dev.sparring.run.RunDirectory
import dev.sparring.run.Runs
import dev.sparring.run.SamplePicture
import java.nio.file.Files
import java.nio.file.Path
import java.util.OptionalInt
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "sample",
    description =
        [
            "Generates samples of a run: a picture, an array, single images, or a path through " +
                "the noise."
        ],
    mixinStandardHelpOptions = true,
)
internal class SampleCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(paramLabel = "RUN", description = ["a run directory"]) lateinit var run: Path

    @Option(
        names = ["--count"],
        paramLabel = "N",
        description =
            [
                "how many samples (default: 64), or how many noise vectors --interpolate goes " +
                    "through (default: 8); the i-th sample of a seed does not depend on it"
            ],
    )
    var givenCount: Int? = null

    @Option(
        names = ["--seed"],
        paramLabel = "N",
        description = ["seed of the noise (default: the run's seed)"],
    )
    var seed: Long? = null

    @Option(
        names = ["--class"],
        paramLabel = "K",
        description =
            ["samples of this class only, from 0 (default: all classes in turn, a column each)"],
    )
    var label: Int? = null

    @Option(
        names = ["--out"],
        paramLabel = "FILE|DIR",
        description =
            [
                "what to write (default: grid.png): FILE.png, a grid of images or points in the " +
                    "plane; FILE.npy, float32 of shape (N, C, H, W), or (N, D) of points, as " +
                    "generated: images in [-1, 1]; FILE.gif, an animation of --interpolate, " +
                    "grey values exact, colours in 256 a picture. Other endings are refused"
            ],
    )
    var output: Path? = null

    @Option(
        names = ["--single"],
        description =
            [
                "a PNG for each sample in its own size: 000000.png and so on in the new or " +
                    "empty folder --out (default: samples)"
            ],
    )
    var single: Boolean = false

    @Option(
        names = ["--columns"],
        paramLabel = "N",
        description =
            [
                "images in a row of the grid (default: a column for each class, else a square); " +
                    "of images from images, source, result and target are counted as one"
            ],
    )
    var columns: Int? = null

    @Mixin val animation: DelayOption = DelayOption()

    @Mixin val noise: NoiseOptions = NoiseOptions()

    @Mixin val chosen: CheckpointOption = CheckpointOption()

    @Mixin lateinit var engines: EngineOptions

    @Mixin val own: WordOptions = WordOptions()

    private val count: Int
        get() = givenCount ?: if (noise.interpolation == null) 64 else 8

    override fun call(): Int {
        val directory = existingRun(run)
        val to = output ?: Path.of(if (single) "samples" else "grid.png")
        val format = format(to)
        val recipe = LoadedRecipe.of(directory, own.words).recipe
        noise.require(recipe)
        // Before the engine is opened, which takes seconds.
        chosen.read(directory) {}
        engines.openToLook(recipe.train, terminal::log).use { engine ->
            val sampler = chosen.read(directory) { Runs.sampler(it, recipe, engine) }
            val known = known(sampler)
            val truncation = noise.truncating.parsed()
            val used = if (truncation == null) sampler else sampler.truncated(truncation)
            requireShape(used, format)
            write(used, known, recipe, format, to)
        }
        terminal.out.println(to)
        return ExitCode.DONE
    }

    /** The format, once all that options alone can say is checked. */
    private fun format(to: Path): SampleFormat {
        val format =
            when {
                single -> SampleFormat.SINGLE.also { SampleFormat.requireEmpty(to) }
                Files.isDirectory(to) ->
                    throw BadInput(
                        "--out: '$to' is a folder; expected a file such as grid.png, or --single"
                    )
                else -> SampleFormat.of(to)
            }
        val path = noise.interpolation != null
        if (format == SampleFormat.ANIMATION && !path) {
            throw BadInput("--out: '$to' is an animation, which goes with --interpolate")
        }
        if (path && count < 2) {
            throw BadInput("--count must be 2 or more with --interpolate, got $count")
        }
        val most = format.most / if (path) noise.steps.coerceAtLeast(1) else 1
        if (count !in 1..most) {
            val together = if (path) " with ${noise.steps} steps each" else ""
            throw BadInput("--count must be 1 to $most$together, got $count")
        }
        val across = columns
        if (across != null && (format != SampleFormat.GRID || path)) {
            throw BadInput(
                if (path) "--columns: rows of --interpolate have --steps columns"
                else "--columns: goes with a grid, a .png"
            )
        }
        if (across != null && across !in 1..SampleFormat.GRID.most) {
            throw BadInput("--columns must be 1 to ${SampleFormat.GRID.most}, got $across")
        }
        animation.require(format == SampleFormat.ANIMATION)
        return format
    }

    private fun known(sampler: Sampler): Int? {
        val classes = sampler.classes()
        val label = label
        if (label == null) {
            if (noise.interpolation != null && classes.isPresent) {
                throw BadInput(
                    "--interpolate: the generator of $run is conditional, and a path has one " +
                        "class; expected --class with 0 to ${classes.asInt - 1}"
                )
            }
            return null
        }
        return knownClass(run, sampler, label)
    }

    private fun requireShape(sampler: Sampler, format: SampleFormat) {
        val shape = sampler.sampleShape()
        val image = SamplePicture.isImage(shape)
        val what =
            when {
                format == SampleFormat.ARRAY -> return checkSize(sampler)
                format == SampleFormat.SINGLE && !image -> "be written as single images"
                format == SampleFormat.ANIMATION && !image -> "be animated"
                format == SampleFormat.GRID && !image && columns != null -> "have --columns"
                else -> return checkSize(sampler)
            }
        throw BadInput(
            "$run: samples of shape $shape cannot $what; images (1 or 3, H, W) can; " +
                "a .npy holds samples of any shape"
        )
    }

    private fun checkSize(sampler: Sampler) {
        val rows = if (noise.interpolation == null) 1 else noise.steps
        val numbers = sampler.sampleShape().elements().toLong() * count * rows
        // A filled last batch, where samples depend on each other, needs some more.
        if (numbers > Int.MAX_VALUE / 2) {
            throw BadInput(
                "--count: $numbers numbers in all are too many for an array; expected fewer"
            )
        }
    }

    private fun write(
        sampler: Sampler,
        label: Int?,
        recipe: Recipe,
        format: SampleFormat,
        to: Path,
    ) {
        val seed = seed ?: recipe.train.seed
        val files = SampleFiles(sampler.sampleShape(), to)
        when (format) {
            SampleFormat.GRID -> grid(sampler, label, recipe, seed, to)
            SampleFormat.ARRAY -> {
                val samples = samples(sampler, label, seed)
                val shape = sampler.sampleShape()
                writing(to, "samples.npy") {
                    NpyWriter.write(samples, shape.batch(samples.size / shape.elements()), to)
                }
            }
            SampleFormat.SINGLE -> files.single(samples(sampler, label, seed))
            SampleFormat.ANIMATION -> {
                val frames = files.frames(samples(sampler, label, seed), noise.steps)
                writing(to, "path.gif") { Gif.write(frames, animation.milliseconds, to) }
            }
        }
    }

    private fun samples(sampler: Sampler, label: Int?, seed: Long): FloatArray {
        val interpolation = noise.interpolation
        return when {
            interpolation != null ->
                saying("--interpolate") {
                    val of = if (label == null) OptionalInt.empty() else OptionalInt.of(label)
                    sampler.interpolate(interpolation, count, noise.steps, of, seed)
                }
            label != null -> sampler.sampleOf(label, count, seed)
            else -> sampler.sample(count, seed)
        }
    }

    private fun grid(sampler: Sampler, label: Int?, recipe: Recipe, seed: Long, to: Path) {
        val real = { RunData.open(RunDirectory(run), recipe, terminal::log) }
        val across = columns?.let(OptionalInt::of) ?: OptionalInt.empty()
        val drawn =
            when {
                noise.interpolation != null ->
                    SamplePicture.draw(sampler, real, samples(sampler, label, seed), noise.steps)
                label == null -> SamplePicture.draw(sampler, real, count, seed, across)
                else -> SamplePicture.drawClass(sampler, label, real, count, seed, across)
            }
        val picture =
            drawn.orElseThrow {
                BadInput(
                    "$run: samples of shape ${sampler.sampleShape()} cannot be drawn; " +
                        "images (1 or 3, H, W) and points (2) can; a .npy holds any"
                )
            }
        writing(to, "grid.png") { Png.write(picture, to) }
    }
}
