package dev.sparring.cli.latent

import dev.sparring.image.SampleImage
import dev.sparring.tensor.Shape
import java.awt.image.BufferedImage

/** The pictures of a walk there and back, since animations are played again and again. */
internal object WalkFrames {
    /** Small images are magnified to about this many pixels. */
    private const val SIZE = 256

    /**
     * Draws them.
     *
     * @param batch (rows * steps, C, H, W); a row begins with the last sample of the one before
     */
    fun of(samples: FloatArray, batch: Shape, steps: Int): List<BufferedImage> {
        val factor = maxOf(1, SIZE / maxOf(batch.dim(2), batch.dim(3)))
        val there = order(batch.dim(0), steps).map { SampleImage.of(samples, batch, it, factor) }
        return there + there.drop(1).dropLast(1).reversed()
    }

    /** The samples in forward direction, joints once. */
    private fun order(count: Int, steps: Int): List<Int> =
        (0 until count).filter { it < steps || it % steps != 0 }
}
