package dev.sparring.report.docs

import dev.sparring.report.chart.Chart
import dev.sparring.report.chart.DrawnChart
import dev.sparring.report.chart.Line
import dev.sparring.report.chart.Look
import dev.sparring.report.chart.Panel
import dev.sparring.report.chart.Plots
import dev.sparring.report.chart.Series

/** The model's speed-ups as a picture by itself: the plot of a report, with a legend in it. */
internal object ScalingPicture {
    private const val WIDTH = 640
    private const val HEIGHT = 250
    private const val LEGEND = 22

    /** Where the legend begins: right of the axis, below the upper edge. */
    private const val LEFT = 70
    private const val TOP = 24

    fun svg(): String {
        val counts = ScalingModel.COUNTS.map { it.toDouble() }.toDoubleArray()
        fun line(name: String, value: (Int) -> Double) =
            Line(name, Series(counts, ScalingModel.COUNTS.map(value).toDoubleArray()))
        val lines =
            listOf(line("as many times as processes") { it.toDouble() }) +
                ScalingModel.CASES.map { line(it.name, it::speedUp) }
        val chart = Chart("Speed-up", "", listOf(Panel("", lines)), along = "processes")
        val drawn = DrawnChart(chart)
        val looks = looks(chart.names)
        val plot =
            Plots("scaling")
                .curves(
                    "Computed speed-up by the number of processes",
                    drawn.drawings.values.single(),
                    checkNotNull(drawn.axis),
                    looks,
                    WIDTH,
                    chart.along,
                )
        // A picture stands alone: it brings the fonts and colours that a page would give it.
        return plot
            .replaceFirst("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" $SIZE ")
            .removeSuffix("</svg>")
            .plus(style() + legend(looks) + "</svg>\n")
    }

    private fun looks(names: List<String>): Map<String, Look> =
        names.withIndex().associate { (i, name) ->
            name to if (i == 0) Look("#808080", "dashed") else Look.of(i - 1)
        }

    private fun style() =
        "<style>text { font: 13px sans-serif; fill: #1f2328; } " +
            "@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } }</style>"

    private fun legend(looks: Map<String, Look>) =
        looks.entries
            .mapIndexed { i, (name, look) ->
                val y = TOP + i * LEGEND
                val dashes = if (look.dashes == "solid") "" else " stroke-dasharray=\"6 4\""
                "<path d=\"M$LEFT $y h24\" stroke=\"${look.color}\" stroke-width=\"3\"$dashes/>" +
                    "<text x=\"${LEFT + 32}\" y=\"${y + 4}\">$name</text>"
            }
            .joinToString("")

    private const val SIZE = "width=\"$WIDTH\" height=\"$HEIGHT\""
}
