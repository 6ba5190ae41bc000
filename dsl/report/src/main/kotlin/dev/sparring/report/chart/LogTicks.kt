package dev.sparring.report.chart

import kotlin.math.ceil
import kotlin.math.floor
import kotlin.math.log10
import kotlin.math.pow
import kotlin.math.sqrt

private const val MOST_TICKS = 7
private const val ROUNDING = 1e-9

/**
 * The labels of a logarithmic axis: powers of ten, thinned to at most seven; if there are fewer
 * than three, also their multiples; and if even these are too far apart, both ends and the middle.
 *
 * @param low above 0, and below [high]
 */
internal fun logTicks(low: Double, high: Double): List<Double> {
    val (first, last) = floor(log10(low)).toInt() to ceil(log10(high)).toInt()
    val every = maxOf(1, ceil((last - first) / MOST_TICKS.toDouble()).toInt())
    fun ticks(vararg digits: Int) =
        (first..last step every)
            .flatMap { power -> digits.map { it * 10.0.pow(power) } }
            .filter { it in low * (1 - ROUNDING)..high * (1 + ROUNDING) }
    val choices = listOf(ticks(1), ticks(1, 3), ticks(1, 2, 5), ticks(1, 2, 3, 4, 5, 6, 7, 8, 9))
    return choices.firstOrNull { it.size >= 3 } ?: listOf(low, sqrt(low) * sqrt(high), high)
}
