package dev.sparring.report.chart

/**
 * Plots that belong together: side by side, with the same axis, under one legend.
 *
 * @param about what is shown, a sentence or more
 * @param isLog whether the values' axis is logarithmic
 * @param reference a value to draw a line at
 * @param along the quantity on the other axis
 */
internal class Chart(
    val title: String,
    val about: String,
    val panels: List<Panel>,
    val isLog: Boolean = false,
    val reference: Double? = null,
    val along: String = "step",
) {
    /** The names of all lines, each once; a line looks the same in all panels. */
    val names: List<String> = panels.flatMap { panel -> panel.lines.map { it.name } }.distinct()
}

/**
 * One plot.
 *
 * @param title empty if the chart's title is enough
 */
internal class Panel(val title: String, val lines: List<Line>)

/**
 * A figure over steps, and its name.
 *
 * @param band if there is one, the line is a mean already and is not smoothed
 */
internal class Line(val name: String, val series: Series, val band: Band? = null)

/** The area between two values at each of the line's steps. */
internal class Band(val low: Series, val high: Series)
