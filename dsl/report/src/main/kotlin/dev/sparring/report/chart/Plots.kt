package dev.sparring.report.chart

import dev.sparring.report.short
import org.jetbrains.letsPlot.commons.encoding.UnsupportedRGBEncoder
import org.jetbrains.letsPlot.commons.geometry.DoubleVector
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon
import org.jetbrains.letsPlot.geom.geomHLine
import org.jetbrains.letsPlot.geom.geomLine
import org.jetbrains.letsPlot.geom.geomPoint
import org.jetbrains.letsPlot.geom.geomRibbon
import org.jetbrains.letsPlot.geom.geomSegment
import org.jetbrains.letsPlot.geom.geomVLine
import org.jetbrains.letsPlot.intern.Plot
import org.jetbrains.letsPlot.intern.Scale
import org.jetbrains.letsPlot.intern.toSpec
import org.jetbrains.letsPlot.label.labs
import org.jetbrains.letsPlot.letsPlot
import org.jetbrains.letsPlot.scale.scaleYContinuous
import org.jetbrains.letsPlot.scale.scaleYLog10
import org.jetbrains.letsPlot.themes.elementBlank
import org.jetbrains.letsPlot.themes.elementLine
import org.jetbrains.letsPlot.themes.theme
import org.jetbrains.letsPlot.themes.themeMinimal2

/**
 * Draws the plots of one page as SVG, through lets-plot; identifiers are unique within the page.
 *
 * @param prefix of all identifiers; where others draw on the same page, one's own
 */
internal class Plots(private val prefix: String = "plot") {
    private var drawn = 0

    /** Lines over steps, or whatever [along] names. */
    fun curves(
        title: String,
        drawing: Drawing,
        axis: Axis,
        looks: Map<String, Look>,
        width: Int,
        along: String,
    ): String {
        var plot = letsPlot() + labs(x = along) + scale(axis)
        axis.reference?.let {
            plot += geomHLine(yintercept = it, color = GRAY, size = THIN, linetype = "longdash")
        }
        val faint = if (drawing.lines.size > MANY) FAINTER else FAINT
        for (line in drawing.lines) {
            val look = looks.getValue(line.name)
            line.band?.let { plot += ribbon(it, look) }
            val alpha = if (line.smooth != null) faint else 1.0
            plot += line(line.points, look, alpha, if (line.band != null) HEAVY else MIDDLE)
            if (line.points.size in 1..FEW) plot += points(line.points, look)
        }
        // Drawn above all faint lines.
        for (line in drawing.lines) {
            line.smooth?.let { plot += line(it, looks.getValue(line.name), 1.0, HEAVY) }
        }
        return svg(plot, title, width, HEIGHT)
    }

    private fun scale(axis: Axis): Scale {
        val limits = axis.low to axis.high
        return if (axis.isLog) {
            val ticks = logTicks(axis.low, axis.high)
            val labels = ticks.map(::short)
            scaleYLog10(breaks = ticks, labels = labels, limits = limits, expand = TIGHT)
        } else {
            // Without limits an axis with a band would begin at 0, as for bars.
            scaleYContinuous(limits = limits, expand = TIGHT)
        }
    }

    /** A row for each cell: its runs as circles, their mean as a dot, its interval as a bar. */
    fun dots(title: String, rows: List<Dots>, width: Int): String {
        var plot: Plot = letsPlot() + labs(x = "")
        rows.forEachIndexed { i, row ->
            // The first row is the topmost one.
            val y = (rows.size - i).toDouble()
            val values = row.values.filter(Double::isFinite)
            plot += circles(values, List(values.size) { y - BESIDE }, row.look)
            if (row.low != null && row.high != null) {
                plot += segment(row.low, row.high, y, row.look.color, BAR, 1.0)
            }
            if (row.mean != null && row.mean.isFinite()) plot += dot(row.mean, y, row.look)
        }
        return svg(plot + places(rows.map { it.label }), title, width, FRAME + ROW * rows.size)
    }

    /** A row for each value: a bar from 0, and its interval as a thin line over it. */
    fun bars(title: String, rows: List<Bar>, width: Int): String {
        var plot: Plot =
            letsPlot() + labs(x = "") + geomVLine(xintercept = 0, color = GRAY, size = THIN)
        rows.forEachIndexed { i, row ->
            // The first row is the topmost one.
            val y = (rows.size - i).toDouble()
            val value = row.value?.takeIf(Double::isFinite) ?: return@forEachIndexed
            plot += segment(0.0, value, y, row.look.color, WIDE_BAR, FAINT)
            if (row.low != null && row.high != null) {
                plot += segment(row.low, row.high, y, row.look.color, BAR, 1.0)
            }
            plot += dot(value, y, row.look)
        }
        return svg(plot + places(rows.map { it.label }), title, width, FRAME + ROW * rows.size)
    }

    private fun segment(
        x: Double,
        end: Double,
        y: Double,
        color: String,
        size: Double,
        alpha: Double,
    ) = geomSegment(x = x, xend = end, y = y, yend = y, color = color, size = size, alpha = alpha)

    /** Labels for rows, the first of which is the topmost one. */
    private fun places(labels: List<String>): Scale =
        scaleYContinuous(
            breaks = labels.indices.map { labels.size - it },
            labels = labels.map(::shortened),
            limits = 1 - MARGIN to labels.size + MARGIN,
        )

    private fun circles(x: List<Double>, y: List<Double>, look: Look) =
        geomPoint(
            data = mapOf("x" to x, "y" to y),
            color = look.color,
            shape = CIRCLE,
            size = DOT,
        ) {
            this.x = "x"
            this.y = "y"
        }

    private fun dot(x: Double, y: Double, look: Look) =
        geomPoint(x = x, y = y, color = look.color, size = MEAN)

    private fun shortened(label: String) =
        if (label.length <= LONGEST) label else label.take(LONGEST - 1) + "…"

    private fun line(series: Series, look: Look, alpha: Double, size: Double) =
        geomLine(
            data = mapOf("x" to series.steps.asList(), "y" to series.values.asList()),
            color = look.color,
            linetype = look.dashes,
            alpha = alpha,
            size = size,
        ) {
            x = "x"
            y = "y"
        }

    private fun points(series: Series, look: Look) =
        geomPoint(
            data = mapOf("x" to series.steps.asList(), "y" to series.values.asList()),
            color = look.color,
            size = DOT,
        ) {
            x = "x"
            y = "y"
        }

    private fun ribbon(band: Band, look: Look) =
        geomRibbon(
            data =
                mapOf(
                    "x" to band.low.steps.asList(),
                    "low" to band.low.values.asList(),
                    "high" to band.high.values.asList(),
                ),
            fill = look.color,
            alpha = BAND,
            size = 0,
        ) {
            x = "x"
            ymin = "low"
            ymax = "high"
        }

    private fun svg(plot: Plot, title: String, width: Int, height: Int): String {
        val quiet = plot + themeMinimal2() + QUIET
        val size = DoubleVector(width.toDouble(), height.toDouble())
        val raw =
            PlotSvgExportCommon.buildSvgImageFromRawSpecs(
                quiet.toSpec(),
                size,
                UnsupportedRGBEncoder(),
                false,
            )
        return PageSvg.of(raw, "$prefix-${++drawn}", title, width, height)
    }

    private companion object {
        const val HEIGHT = 250

        /**
         * The library's own margin is as wide on a logarithmic axis as on a linear one: too wide.
         */
        val TIGHT = listOf(0, 0)
        const val GRAY = "#808080"
        const val THIN = 0.4
        const val MIDDLE = 0.6
        const val HEAVY = 1.1
        const val FAINT = 0.35
        const val FAINTER = 0.2

        /** With more lines, the smoothed ones would be hard to see among the others. */
        const val MANY = 4
        const val BAND = 0.15
        const val DOT = 2.0

        const val CIRCLE = 1
        const val MEAN = 4.0
        const val BAR = 1.2
        const val WIDE_BAR = 8.0
        const val BESIDE = 0.25
        const val MARGIN = 0.6
        const val FRAME = 44
        const val ROW = 34
        const val LONGEST = 36

        /** Points of a short line are marked; a single point would otherwise be invisible. */
        const val FEW = 30

        /** No background, so that the page's is seen, light or dark. */
        val QUIET =
            theme(
                plotBackground = elementBlank(),
                panelBackground = elementBlank(),
                panelGridMajor = elementLine(color = "rgba(128,128,128,0.25)", size = 1),
                panelGridMinor = elementBlank(),
                axisTitleY = elementBlank(),
                axisLine = elementLine(color = GRAY, size = 1),
                axisTicks = elementLine(color = GRAY, size = 1),
            )
    }
}

/** A value with its interval; null where there is none. */
internal class Bar(
    val label: String,
    val value: Double?,
    val low: Double?,
    val high: Double?,
    val look: Look,
)

/** The results of a sweep for a measure in a cell. */
internal class Dots(
    val label: String,
    val mean: Double?,
    val low: Double?,
    val high: Double?,
    val values: List<Double>,
    val look: Look,
)
