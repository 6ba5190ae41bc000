package dev.sparring.cli.reproduce

import dev.sparring.cli.BadInput
import dev.sparring.file.Reason
import dev.sparring.image.Png
import dev.sparring.run.RunDirectory
import java.awt.image.BufferedImage
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale
import kotlin.io.path.name

/** Compares the pictures of two runs: their bytes, and if these differ their pixels. */
internal class PictureComparison(private val first: RunDirectory, private val again: RunDirectory) {
    private var packedOtherwise = 0

    /** @param last pictures after this step are left out */
    fun compare(last: Long): Compared {
        val steps = first.sampleSteps().filter { it <= last }
        val difference =
            steps.firstNotNullOfOrNull { step ->
                difference(first.samples(step), again.samples(step))?.let {
                    val place = "samples/${first.samples(step).name}"
                    Difference(step, Difference.Kind.PICTURE, "$place$it")
                }
            }
        val note =
            if (packedOtherwise == 0) ""
            else " ($packedOtherwise with equal pixels in other bytes: another JDK compresses them)"
        return Compared(listOfNotNull(difference), listOf("${steps.size} pictures$note"))
    }

    private fun difference(own: Path, other: Path): String? {
        if (!Files.exists(other)) return ": is in the run only"
        if (Files.isRegularFile(own) && Files.mismatch(own, other) < 0) return null
        val (before, now) = read(own) to read(other)
        if (before.width != now.width || before.height != now.height) {
            return ": is ${before.width} x ${before.height}, now ${now.width} x ${now.height}"
        }
        for (y in 0 until before.height) {
            for (x in 0 until before.width) {
                val (a, b) = before.getRGB(x, y) to now.getRGB(x, y)
                if (a != b) return ", pixel ($x, $y): is ${color(a)}, now ${color(b)}"
            }
        }
        packedOtherwise++
        return null
    }

    private fun color(argb: Int) = String.format(Locale.ROOT, "#%06x", argb and RGB)

    private fun read(file: Path): BufferedImage =
        try {
            Png.read(file)
        } catch (e: IOException) {
            throw BadInput("$file: cannot be read: ${Reason.of(e)}", e)
        }

    private companion object {
        const val RGB = 0xffffff
    }
}
