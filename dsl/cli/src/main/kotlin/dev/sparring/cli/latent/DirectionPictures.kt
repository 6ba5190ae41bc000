package dev.sparring.cli.latent

import dev.sparring.image.ImageGrid
import dev.sparring.image.LabelledPictures
import dev.sparring.image.LabelledPictures.Labelled
import dev.sparring.latent.Directions
import dev.sparring.network.Sampler
import java.awt.image.BufferedImage
import java.util.Locale
import java.util.OptionalInt

/** Pictures of directions: a row for each sample, a column for each distance it is moved. */
internal class DirectionPictures(
    private val sampler: Sampler,
    private val directions: Directions,
    private val stops: List<FloatArray>,
    private val distances: List<Double>,
    private val label: OptionalInt,
) {
    /** The strongest ones, side by side. */
    fun of(many: Int): BufferedImage =
        LabelledPictures.sideBySide(
            List(many) { i ->
                val strength = "%.4g".format(Locale.ROOT, directions.strength(i))
                val range = "${short(distances.first())} to ${short(distances.last())}"
                Labelled(picture(i), listOf("direction $i, strength $strength: $range"))
            }
        )

    private fun picture(direction: Int): BufferedImage {
        val z =
            stops
                .flatMap { stop -> distances.map { directions.moved(stop, direction, it) } }
                .fold(FloatArray(0), FloatArray::plus)
        val count = stops.size * distances.size
        val samples =
            if (label.isPresent) sampler.decodeOf(label.asInt, z, count)
            else sampler.decode(z, count)
        return ImageGrid.of(samples, sampler.sampleShape().batch(count), distances.size)
    }

    private fun short(x: Double) = if (x % 1.0 == 0.0) "${x.toLong()}" else "$x"
}
