package dev.sparring.cli

import dev.sparring.network.Truncation
import dev.sparring.recipe.Latent
import picocli.CommandLine.Option

/** The option that draws noise nearer to its mean. */
internal class TruncationOption {
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

    /** Refuses a kind that noise of this distribution does not have. */
    fun require(noise: Latent) {
        saying("--truncation") { parsed()?.requireFor(noise) }
    }

    private companion object {
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
