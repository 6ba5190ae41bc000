package dev.sparring.cli.latent

import dev.sparring.cli.Animation
import dev.sparring.tensor.Shape
import java.awt.image.BufferedImage

/** The pictures of a walk there and back, since animations are played again and again. */
internal object WalkFrames {
    /**
     * Draws them.
     *
     * @param batch (rows * steps, C, H, W); a row begins with the last sample of the one before
     */
    fun of(samples: FloatArray, batch: Shape, steps: Int): List<BufferedImage> {
        // In forward direction, joints once.
        val there = Animation.frames(samples, batch) { it < steps || it % steps != 0 }
        return there + there.drop(1).dropLast(1).reversed()
    }
}
