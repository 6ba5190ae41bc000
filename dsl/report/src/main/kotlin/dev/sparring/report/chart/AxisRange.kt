package dev.sparring.report.chart

import dev.sparring.report.count
import dev.sparring.report.short

/**
 * The part of a linear axis that is drawn if a few values are so far from all others that these
 * could not be told apart, as after a divergence. The outliers are drawn at its ends.
 */
internal class AxisRange private constructor(val low: Double, val high: Double) {
    fun clamp(value: Double): Double = value.coerceIn(low, high)

    /** A sentence that names the values outside the range. */
    fun note(series: List<Series>): String {
        val outside = series.flatMap { s -> s.values.filter { it < low || it > high } }
        val farthest = outside.maxBy { Math.abs(it) }
        val many = count(outside.size, "value")
        return "$many outside of ${short(low)} to ${short(high)}, up to ${short(farthest)}, " +
            "${if (outside.size == 1) "is" else "are"} drawn at the edge."
    }

    companion object {
        /** The share of values at each end that may be left out; for few values, one. */
        private const val TAIL = 0.01
        private const val FEW = 20

        /** How much larger the whole range must be than that of the others. */
        private const val MUCH = 10.0

        /** Null if all values fit. */
        fun of(series: List<Series>): AxisRange? {
            val sorted = series.flatMap { it.values.asList() }.toDoubleArray().apply { sort() }
            if (sorted.size < FEW) return null
            val cut = maxOf(1, (sorted.size * TAIL).toInt())
            // Halved: the difference of two large numbers may be infinite.
            val (low, high) = sorted[cut] to sorted[sorted.size - 1 - cut]
            val width = high / 2 - low / 2
            val whole = sorted.last() / 2 - sorted.first() / 2
            if (width == 0.0 || whole <= MUCH * width) return null
            return AxisRange(maxOf(sorted.first(), low - width), minOf(sorted.last(), high + width))
        }
    }
}
