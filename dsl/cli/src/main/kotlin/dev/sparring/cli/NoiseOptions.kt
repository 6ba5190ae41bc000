package dev.sparring.cli

import dev.sparring.network.Interpolation
import dev.sparring.network.Truncation
import dev.sparring.recipe.Recipe
import picocli.CommandLine.Option

/** The options that say from which noise samples are generated. */
internal class NoiseOptions {
    @Option(
        names = ["--truncation"],
        paramLabel = "KIND=VALUE",
        description =
            [
                "noise nearer to its mean: typical samples, less variety. " +
                    "resample=T draws elements of normal noise beyond T again (BigGAN, " +
                    "arXiv:1809.11096, section 3.1); scale=F multiplies normal noise resampled " +
                    "at 2 by F, 0 to 1 (BigGAN on TensorFlow Hub); temperature=F multiplies " +
                    "the noise by F and cuts nothing off (Glow, arXiv:1807.03039)"
            ],
    )
    var truncation: String? = null

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

    /** What `--truncation` says. */
    fun parsed(): Truncation? {
        val text = truncation ?: return null
        val name = text.substringBefore('=').lowercase()
        val kind = Truncation.Kind.entries.find { it.name.lowercase() == name }
        val value = text.substringAfter('=', "").toDoubleOrNull()
        if (name in OF_A_MAPPING) {
            throw BadInput(
                "--truncation: '$text' is of a mapping network (StyleGAN), and generators of " +
                    "recipes have none; temperature=0.7 draws the noise itself to its mean, 0"
            )
        }
        if (kind == null || value == null) {
            throw BadInput(
                "--truncation: '$text' is no KIND=VALUE; expected a number for one of resample, " +
                    "scale and temperature, such as resample=0.5"
            )
        }
        return saying("--truncation") { Truncation(kind, value) }
    }

    /** Refuses, before an engine is opened, what the recipe's noise does not allow. */
    fun require(recipe: Recipe) {
        val truncated = parsed()
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
        saying("--truncation") { truncated?.requireFor(noise) }
        saying("--interpolate") { interpolation?.requireFor(noise, recipe.generator.latent) }
    }

    private companion object {
        const val STEPS = 9

        val OF_A_MAPPING = setOf("mean", "psi", "w")
    }
}

/** Does something whose arguments an option gave. */
internal fun <T> saying(option: String, work: () -> T): T =
    try {
        work()
    } catch (e: IllegalArgumentException) {
        throw BadInput("$option: ${e.message}", e)
    }
