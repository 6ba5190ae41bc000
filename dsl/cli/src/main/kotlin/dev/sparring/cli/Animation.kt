package dev.sparring.cli

import dev.sparring.image.SampleImage
import dev.sparring.tensor.Shape
import java.awt.image.BufferedImage
import picocli.CommandLine.Option

/** What the animations of all commands have in common. */
internal object Animation {
    /** Small images are magnified to about this many pixels. */
    private const val SIZE = 256

    /**
     * Pictures of some of a batch's samples, in order.
     *
     * @param batch (N, C, H, W)
     */
    fun frames(
        samples: FloatArray,
        batch: Shape,
        isShown: (sample: Int) -> Boolean,
    ): List<BufferedImage> {
        val factor = maxOf(1, SIZE / maxOf(batch.dim(2), batch.dim(3)))
        return (0 until batch.dim(0)).filter(isShown).map {
            SampleImage.of(samples, batch, it, factor)
        }
    }
}

/** The option that says how fast an animation is. */
internal class DelayOption {
    @Option(
        names = ["--delay"],
        paramLabel = "MS",
        description =
            [
                "milliseconds for each picture of a .gif, a multiple of 10 of 20 or more " +
                    "(default: $STANDARD)"
            ],
    )
    var delay: Int? = null

    val milliseconds: Int
        get() = delay ?: STANDARD

    /** Refuses it where there is no animation, or one that GIF does not have. */
    fun require(isAnimated: Boolean) {
        val given = delay ?: return
        if (!isAnimated) throw BadInput("--delay: goes with an animation, a .gif")
        if (given !in 20..60_000 || given % 10 != 0) {
            throw BadInput("--delay must be a multiple of 10 from 20 to 60000, got $given")
        }
    }

    private companion object {
        const val STANDARD = 80
    }
}
