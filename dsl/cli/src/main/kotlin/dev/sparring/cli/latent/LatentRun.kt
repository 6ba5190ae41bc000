package dev.sparring.cli.latent

import dev.sparring.cli.BadInput
import dev.sparring.cli.CheckpointStep
import dev.sparring.cli.EngineOptions
import dev.sparring.cli.LoadedRecipe
import dev.sparring.cli.Terminal
import dev.sparring.cli.TruncationOption
import dev.sparring.cli.WordOptions
import dev.sparring.cli.existingRun
import dev.sparring.network.Sampler
import dev.sparring.recipe.Recipe
import dev.sparring.run.RunDirectory
import dev.sparring.run.SamplePicture
import dev.sparring.tensor.Engine
import java.nio.file.Path
import picocli.CommandLine.Mixin
import picocli.CommandLine.Parameters

/** The run whose noise a command looks into, and the options of all such commands. */
internal class LatentRun {
    @Parameters(paramLabel = "RUN", description = ["a run directory"]) lateinit var path: Path

    @Mixin val truncating: TruncationOption = TruncationOption()

    @Mixin val chosen: CheckpointStep = CheckpointStep()

    @Mixin lateinit var engines: EngineOptions

    @Mixin val own: WordOptions = WordOptions()

    val directory: RunDirectory
        get() = existingRun(path)

    fun loaded(): LoadedRecipe = LoadedRecipe.of(directory, own.words)

    /** Refuses a run without noise, or whose noise is not truncated so. */
    fun requireNoise(recipe: Recipe, what: String) {
        if (recipe.data.sourceShape().isPresent) {
            throw BadInput("$path: generates images from images; $what is for noise")
        }
        truncating.require(recipe.generator.noise)
    }

    /** Refuses a missing checkpoint before data and an engine are opened, which takes seconds. */
    fun requireCheckpoint() = chosen.read(directory) {}

    /** An engine to look with. */
    fun engine(recipe: Recipe, terminal: Terminal): Engine =
        engines.openToLook(recipe.train, terminal::log)

    /** Draws from truncated noise if that is asked for. */
    fun truncated(sampler: Sampler): Sampler =
        truncating.parsed()?.let(sampler::truncated) ?: sampler

    /** Refuses samples that are no images. */
    fun requireImages(sampler: Sampler, what: String) {
        val shape = sampler.sampleShape()
        if (!SamplePicture.isImage(shape)) {
            throw BadInput("$path: samples of shape $shape cannot $what; images (1 or 3, H, W) can")
        }
    }
}
