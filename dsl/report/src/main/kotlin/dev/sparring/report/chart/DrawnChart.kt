package dev.sparring.report.chart

import dev.sparring.report.count

/** A chart with the drawings of its panels. */
internal class DrawnChart(val chart: Chart) {
    /** By panel, in their order. */
    val drawings: Map<Panel, Drawing> = chart.panels.associateWith { Drawing.of(it, chart.isLog) }

    /** Null if there is nothing to draw. */
    val axis: Axis? = Axis.of(chart, drawings.values)

    private val longest = drawings.values.maxOf { it.longest }

    val isThinned: Boolean = longest > MOST_POINTS

    val isSmoothed: Boolean = drawings.values.any { d -> d.lines.any { it.smooth != null } }

    /** Notes on this chart alone, in sentences. */
    val notes: List<String> =
        drawings.values.flatMap { it.notes }.distinct() +
            listOf("$MOST_POINTS of ${count(longest.toLong())} values a line are drawn.").filter {
                isThinned
            }

    companion object {
        /** Notes that apply to several charts, in sentences. */
        fun notes(charts: List<DrawnChart>): List<String> =
            listOfNotNull(
                ("A heavy line is a moving average over a twentieth of the values; on a " +
                        "logarithmic axis, a geometric one.")
                    .takeIf { charts.any { it.isSmoothed } },
                ("For a line of more than $MOST_POINTS values, the least and the greatest of " +
                        "each section of steps are drawn.")
                    .takeIf { charts.any { it.isThinned } },
            )
    }
}
