package dev.sparring.cli

import dev.sparring.network.Interpolation
import dev.sparring.recipe.Recipe
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option

/** The options that say from which noise samples are generated. */
internal class NoiseOptions {
    @Mixin val truncating: TruncationOption = TruncationOption()

    @Option(
        names = ["--interpolate"],
        paramLabel = "lerp|slerp",
        description =
            [
                "a closed path through the noise of the samples: row i goes from sample i to " +
                    "the next, the last row back to the first. lerp: straight lines; slerp: " +
                    "great circles, for normal noise (Shoemake 1985; arXiv:1609.04468)"
            ],
    )
    var interpolation: Interpolation? = null

    @Option(
        names = ["--steps"],
        paramLabel = "N",
        description = ["with --interpolate: samples in a row, both ends counted (default: $STEPS)"],
    )
    var givenSteps: Int? = null

    val steps: Int
        get() = givenSteps ?: STEPS

    /** Refuses, before an engine is opened, what the recipe's noise does not allow. */
    fun require(recipe: Recipe) {
        val truncated = truncating.parsed()
        val steps = givenSteps
        if (steps != null && interpolation == null) {
            throw BadInput("--steps: goes with --interpolate")
        }
        if (steps != null && steps < 2) {
            throw BadInput("--steps must be 2 or more, since both ends are counted, got $steps")
        }
        val used =
            listOfNotNull(truncated?.let { "--truncation" }, interpolation?.let { "--interpolate" })
        if (used.isNotEmpty() && recipe.data.sourceShape().isPresent) {
            throw BadInput(
                "${used.joinToString(" and ")}: the run generates images from images, not from noise"
            )
        }
        val noise = recipe.generator.noise
        truncating.require(noise)
        saying("--interpolate") { interpolation?.requireFor(noise, recipe.generator.latent) }
    }

    private companion object {
        const val STEPS = 9
    }
}
