package dev.sparring.report.chart

import kotlin.math.abs
import kotlin.math.pow

/**
 * The axis of values, from [low] to [high].
 *
 * @param reference a value to draw a line at
 */
internal class Axis
private constructor(val isLog: Boolean, val reference: Double?, val low: Double, val high: Double) {
    companion object {
        /** The share of the range that is left free at each end. */
        private const val ROOM = 0.05

        /** The same if all values are equal. */
        private const val FACTOR = 1.2

        /** An axis for all panels of a chart; null if nothing is drawn. */
        fun of(chart: Chart, drawings: Collection<Drawing>): Axis? {
            val drawn = drawings.flatMap { it.values }
            if (drawn.isEmpty()) return null
            val values = drawn + listOfNotNull(chart.reference)
            val (low, high) = values.min() to values.max()
            return if (chart.isLog) logarithmic(chart.reference, low, high)
            else linear(chart.reference, low, high)
        }

        private fun linear(reference: Double?, low: Double, high: Double): Axis {
            val room = if (low < high) (high - low) * ROOM else maxOf(abs(low), 1e-9) * ROOM
            return Axis(false, reference, low - room, high + room)
        }

        private fun logarithmic(reference: Double?, low: Double, high: Double): Axis {
            val factor = if (low < high) (high / low).pow(ROOM) else FACTOR
            return Axis(true, reference, low / factor, high * factor)
        }
    }
}
