package dev.sparring.cli.latent

import dev.sparring.cli.sweep.csv
import dev.sparring.data.DataSet
import dev.sparring.eval.NearestImages
import dev.sparring.image.ImageGrid
import dev.sparring.metric.NearestRows
import java.awt.image.BufferedImage

/** Generated samples with their neighbours, as a table and as a picture. */
internal class NeighborTable(
    private val found: NearestImages,
    private val train: DataSet,
    private val heldOut: DataSet?,
    private val count: Int,
) {
    private val size = train.sampleShape().elements()

    /** A row for each neighbour of each generated sample, in order. */
    fun csv(): String =
        csv(
            listOf(listOf("sample", "set", "rank", "index", "name", "distance")) +
                (0 until count).flatMap { sample ->
                    rows(sample, "train", found.train(), train) +
                        (heldOut?.let { rows(sample, "held-out", found.heldOut().get(), it) }
                            ?: emptyList())
                }
        )

    private fun rows(sample: Int, set: String, nearest: NearestRows, data: DataSet) =
        List(nearest.found()) { rank ->
            val number = nearest.number(sample, rank)
            val distance = nearest.distance(sample, rank)
            listOf("$sample", set, "$rank", "$number", data.name(number), "$distance")
        }

    /**
     * Rows of a generated sample, its nearest training samples and its nearest held-out one, with
     * gaps between the three.
     *
     * @param rows the samples that are nearest to a training sample, the nearest first
     */
    fun picture(made: FloatArray, rows: Int): BufferedImage {
        val order = (0 until count).sortedBy { found.train().distance(it, 0) }.take(rows)
        val across = 2 + found.train().found() + (if (heldOut == null) 0 else 2)
        val images = FloatArray(rows * across * size) { GREY }
        order.forEachIndexed { row, sample ->
            var at = row * across * size
            made.copyInto(images, at, sample * size, (sample + 1) * size)
            for (rank in 0 until found.train().found()) {
                train.read(found.train().number(sample, rank), images, at + (2 + rank) * size)
            }
            if (heldOut != null) {
                at += (across - 1) * size
                heldOut.read(found.heldOut().get().number(sample, 0), images, at)
            }
        }
        return ImageGrid.of(images, train.sampleShape().batch(rows * across), across)
    }

    private companion object {
        /** The grey of a grid's background, so that a gap is seen as one. */
        const val GREY = 0x70 / 127.5f - 1
    }
}
