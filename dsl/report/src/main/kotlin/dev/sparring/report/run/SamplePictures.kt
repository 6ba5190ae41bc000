package dev.sparring.report.run

import dev.sparring.file.RegularFile
import dev.sparring.image.Png
import dev.sparring.report.chart.evenly
import dev.sparring.run.RunDirectory
import java.awt.RenderingHints
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.nio.file.Path
import java.util.Base64
import javax.imageio.ImageIO
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.nameWithoutExtension

/**
 * Some of the pictures of a run's samples, evenly spaced, the first and the last among them.
 *
 * @param count how many there are
 * @param unreadable names of files that are not pictures
 */
internal class SamplePictures(
    val shown: List<Picture>,
    val count: Int,
    val unreadable: List<String>,
) {
    /** A PNG file; [shrunk] says from what size, if it was. */
    class Picture(
        val step: Long,
        val png: ByteArray,
        val width: Int,
        val height: Int,
        val shrunk: String?,
    ) {
        /** The picture as a data URL. */
        val data: String
            get() = "data:image/png;base64," + Base64.getEncoder().encodeToString(png)
    }

    companion object {
        /** The most pictures of a report. */
        const val MOST = 8

        /** A wider picture is shrunk, or eight of them would make a page of tens of megabytes. */
        private const val WIDEST = 640
        private val STEP = Regex("\\d{1,18}")

        /** At most [most] of them, evenly spaced; of one, the last. */
        fun of(run: RunDirectory, most: Int = MOST): SamplePictures {
            val files = files(run)
            val chosen = minOf(most, files.size)
            return of(List(chosen) { files[evenly(it, chosen, files.size)] }, files.size)
        }

        private fun of(files: List<Path>, count: Int): SamplePictures {
            val read = files.associateWith(::picture)
            return SamplePictures(
                read.values.filterNotNull(),
                count,
                read.filterValues { it == null }.keys.map { it.name },
            )
        }

        private fun files(run: RunDirectory): List<Path> {
            val folder = run.samples(0).parent
            if (!folder.isDirectory()) return emptyList()
            return folder
                .listDirectoryEntries("*.png")
                .filter { STEP.matches(it.nameWithoutExtension) }
                .sortedBy { it.nameWithoutExtension.toLong() }
        }

        private fun picture(file: Path): Picture? {
            val (bytes, image) =
                try {
                    RegularFile.bytes(file).let { it to Png.read(it) }
                } catch (_: IOException) {
                    return null
                }
            val step = file.nameWithoutExtension.toLong()
            if (image.width <= WIDEST) return Picture(step, bytes, image.width, image.height, null)
            val small = shrink(image)
            val png = ByteArrayOutputStream().also { ImageIO.write(small, "png", it) }.toByteArray()
            return Picture(step, png, small.width, small.height, "${image.width} x ${image.height}")
        }

        private fun shrink(image: BufferedImage): BufferedImage {
            // A whole fraction, so that all of its pixels stay of one width.
            val times = (image.width + WIDEST - 1) / WIDEST
            val (width, height) = image.width / times to maxOf(1, image.height / times)
            val small = BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)
            val graphics = small.createGraphics()
            graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                RenderingHints.VALUE_INTERPOLATION_BILINEAR,
            )
            graphics.drawImage(image, 0, 0, width, height, null)
            graphics.dispose()
            return small
        }
    }
}
