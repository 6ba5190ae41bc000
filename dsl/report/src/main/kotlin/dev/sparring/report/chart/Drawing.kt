package dev.sparring.report.chart

import dev.sparring.report.count
import kotlin.math.abs
import kotlin.math.exp
import kotlin.math.ln

/**
 * The drawn part of a panel, and notes on the rest.
 *
 * @param lines thinned, and without values that cannot be drawn on the axis
 * @param longest how many values the longest line had before it was thinned
 * @param notes sentences on values that are left out or drawn elsewhere
 */
internal class Drawing
private constructor(val lines: List<DrawnLine>, val longest: Int, val notes: List<String>) {
    /** A line's points; [smooth] is null where nothing is smoothed. */
    class DrawnLine(val name: String, val points: Series, val smooth: Series?, val band: Band?)

    /** All values that are drawn. */
    val values: List<Double>
        get() =
            lines
                .flatMap { listOfNotNull(it.points, it.smooth, it.band?.low, it.band?.high) }
                .flatMap { it.values.asList() }

    companion object {
        /** With fewer points, smoothing is of no use. */
        private const val ENOUGH_TO_SMOOTH = 60

        /** Beyond it the width of an axis might not be a finite number. */
        private const val LARGEST = 1e150

        fun of(panel: Panel, isLog: Boolean): Drawing {
            val all = panel.lines.map { it.series }
            val finite = all.map { it.filter { value -> abs(value) <= LARGEST } }
            val placed = if (isLog) finite.map { s -> s.filter { it > 0 } } else finite
            val bands = panel.lines.flatMap { listOfNotNull(it.band?.low, it.band?.high) }
            val range = if (isLog) null else AxisRange.of(placed + bands)
            val inside = placed.map { s -> range?.let { s.map(it::clamp) } ?: s }
            val lines =
                panel.lines.zip(inside) { line, series ->
                    DrawnLine(
                        line.name,
                        series.thinned(),
                        if (line.band == null) smooth(series, isLog) else null,
                        line.band?.let { band(it, isLog, range) },
                    )
                }
            val notes =
                listOfNotNull(
                    left(all, finite, "not finite, or beyond 1e150, and not drawn"),
                    left(finite, placed, "not above 0, and not drawn on the logarithmic axis"),
                    range?.note(placed),
                )
            return Drawing(lines, placed.maxOfOrNull { it.size } ?: 0, notes)
        }

        private fun smooth(series: Series, isLog: Boolean): Series? =
            when {
                series.size < ENOUGH_TO_SMOOTH -> null
                isLog -> series.map(::ln).smoothed().map(::exp)
                else -> series.smoothed()
            }

        private fun band(band: Band, isLog: Boolean, range: AxisRange?): Band? =
            when {
                isLog -> band.takeIf { band.low.values.all { it > 0 } }
                range != null -> Band(band.low.map(range::clamp), band.high.map(range::clamp))
                else -> band
            }

        private fun left(before: List<Series>, after: List<Series>, why: String): String? {
            val lost = before.sumOf { it.size } - after.sumOf { it.size }
            if (lost == 0) return null
            return "${count(lost, "value")} ${if (lost == 1) "is" else "are"} $why."
        }
    }
}
