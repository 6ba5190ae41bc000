package dev.sparring.cli

import dev.sparring.image.Png
import dev.sparring.network.Sampler
import dev.sparring.run.RunData
import dev.sparring.run.Runs
import dev.sparring.run.SamplePicture
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "sample",
    description = ["Draws samples of a run's generator into a picture."],
    mixinStandardHelpOptions = true,
)
internal class SampleCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(paramLabel = "RUN", description = ["a run directory"]) lateinit var run: Path

    @Option(names = ["--count"], paramLabel = "N", description = ["how many (default: 64)"])
    var count: Int = 64

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
        paramLabel = "FILE.png",
        description = ["the picture (default: grid.png)"],
    )
    var output: Path = Path.of("grid.png")

    @Mixin val chosen: CheckpointOption = CheckpointOption()

    @Mixin lateinit var engines: EngineOptions

    @Mixin val own: WordOptions = WordOptions()

    override fun call(): Int {
        if (count !in 1..MOST) {
            throw BadInput("--count must be 1 to $MOST, got $count")
        }
        val directory = existingRun(run)
        val recipe = LoadedRecipe.of(directory, own.words).recipe
        // Before the engine is opened, which takes seconds.
        chosen.read(directory) {}
        engines.openToLook(recipe.train, terminal::log).use { engine ->
            val sampler = chosen.read(directory) { Runs.sampler(it, recipe, engine) }
            val real = { RunData.open(directory, recipe, terminal::log) }
            val own = seed ?: recipe.train.seed
            val drawn =
                when (val label = known(label, sampler)) {
                    null -> SamplePicture.draw(sampler, real, count, own)
                    else -> SamplePicture.drawClass(sampler, label, real, count, own)
                }
            val picture =
                drawn.orElseThrow {
                    BadInput(
                        "$run: samples of shape ${sampler.sampleShape()} cannot be drawn; " +
                            "images (1 or 3, H, W) and points (2) can"
                    )
                }
            writing(output, "grid.png") { Png.write(picture, output) }
        }
        terminal.out.println(output)
        return ExitCode.DONE
    }

    private fun known(label: Int?, sampler: Sampler): Int? {
        if (label == null) return null
        val classes = sampler.classes()
        if (classes.isEmpty) {
            throw BadInput("--class: the generator of $run knows no classes")
        }
        if (label !in 0 until classes.asInt) {
            throw BadInput("--class must be 0 to ${classes.asInt - 1}, got $label")
        }
        return label
    }

    private companion object {
        /** More than is useful; a picture of this many images still fits into memory. */
        const val MOST = 10_000
    }
}
