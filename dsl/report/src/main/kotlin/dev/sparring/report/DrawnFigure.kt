package dev.sparring.report

/** A figure with all that is drawn of it. */
internal class DrawnFigure(val figure: Figure) {
    /** By panel, in their order. */
    val drawings: Map<Panel, Drawing> = figure.panels.associateWith { Drawing.of(it, figure.isLog) }

    /** Null where there is nothing to draw. */
    val axis: Axis? = Axis.of(figure, drawings.values)

    private val longest = drawings.values.maxOf { it.longest }

    val isThinned: Boolean = longest > MOST_POINTS

    val isSmoothed: Boolean = drawings.values.any { d -> d.lines.any { it.smooth != null } }

    /** What a reader has to know of this figure alone, in sentences. */
    val notes: List<String> =
        drawings.values.flatMap { it.notes }.distinct() +
            listOf("$MOST_POINTS of ${count(longest.toLong())} values a line are drawn.").filter {
                isThinned
            }

    companion object {
        /** What a reader has to know of several figures, in sentences. */
        fun notes(figures: List<DrawnFigure>): List<String> =
            listOfNotNull(
                ("A heavy line is the mean over a twentieth of the values around; on a logarithmic " +
                        "axis the geometric mean.")
                    .takeIf { figures.any { it.isSmoothed } },
                ("Of a line of more than $MOST_POINTS values the least and the greatest of each " +
                        "stretch of steps are drawn.")
                    .takeIf { figures.any { it.isThinned } },
            )
    }
}
