package dev.sparring.cli

import dev.sparring.file.Reason
import dev.sparring.image.Png
import dev.sparring.image.SampleImage
import dev.sparring.tensor.Shape
import java.awt.image.BufferedImage
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale

/** Pictures of single samples of one shape, for [to]. */
internal class SampleFiles(private val shape: Shape, private val to: Path) {
    /** Writes a PNG for each sample. */
    fun single(samples: FloatArray) {
        val batch = batch(samples)
        var file = to
        try {
            Files.createDirectories(to.toAbsolutePath())
            for (i in 0 until batch.dim(0)) {
                file = to.resolve("%06d.png".format(Locale.ROOT, i))
                Png.write(SampleImage.of(samples, batch, i, 1), file)
            }
        } catch (e: IOException) {
            throw BadInput("--out: " + Reason.line(e, file, "cannot be written"), e)
        }
    }

    /**
     * The pictures of a path in rows. The last of each row is left out: the next row, or that of
     * the next round, begins with it.
     */
    fun frames(samples: FloatArray, steps: Int): List<BufferedImage> =
        Animation.frames(samples, batch(samples)) { it % steps < steps - 1 }

    private fun batch(samples: FloatArray): Shape = shape.batch(samples.size / shape.elements())
}
