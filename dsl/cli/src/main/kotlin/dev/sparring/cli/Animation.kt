package dev.sparring.cli

import dev.sparring.image.SampleImage
import dev.sparring.tensor.Shape
import java.awt.image.BufferedImage

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

    /** Refuses a `--delay` that is given without an animation, or that GIF does not have. */
    fun requireDelay(delay: Int?, isAnimated: Boolean) {
        if (delay == null) return
        if (!isAnimated) throw BadInput("--delay: goes with an animation, a .gif")
        if (delay !in 20..60_000 || delay % 10 != 0) {
            throw BadInput("--delay must be a multiple of 10 from 20 to 60000, got $delay")
        }
    }
}
