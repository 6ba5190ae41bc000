package dev.sparring.jupyter

import dev.sparring.image.ImageGrid
import dev.sparring.tensor.Shape
import java.awt.image.BufferedImage

/**
 * An array of samples, shown as a picture where it can be drawn.
 *
 * @property values row-major
 * @property shape (N, ...)
 * @property picture null for samples that are neither images nor points in a plane
 */
public class Samples
internal constructor(
    public val values: FloatArray,
    public val shape: Shape,
    public val picture: BufferedImage?,
) {
    override fun toString(): String = "samples of shape $shape"

    internal companion object {
        /** Of any array: a picture if it has the shape (N, 1 or 3, H, W) of images. */
        fun of(values: FloatArray, shape: Shape): Samples {
            val isImages = shape.rank() == 4 && (shape.dim(1) == 1 || shape.dim(1) == 3)
            return Samples(values, shape, if (isImages) ImageGrid.of(values, shape) else null)
        }
    }
}
