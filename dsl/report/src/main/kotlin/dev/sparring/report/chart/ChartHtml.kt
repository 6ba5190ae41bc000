package dev.sparring.report.chart

import dev.sparring.report.notes
import kotlinx.html.FlowContent
import kotlinx.html.div
import kotlinx.html.figcaption
import kotlinx.html.figure
import kotlinx.html.h3
import kotlinx.html.li
import kotlinx.html.p
import kotlinx.html.span
import kotlinx.html.ul
import kotlinx.html.unsafe

/** Widths of a plot in pixels, at which text in it is about as large as that around it. */
internal const val WIDE = 900
internal const val NARROW = 450
private const val SLIM = 320

/**
 * Charts in two columns; those of several plots, and those without a neighbor, in both.
 *
 * @param looks of all lines, if they are to look the same in all charts
 */
internal fun FlowContent.plots(
    charts: List<Chart>,
    plots: Plots,
    looks: Map<String, Look>? = null,
) {
    val drawn = charts.map { DrawnChart(it) }
    notes(DrawnChart.notes(drawn))
    div("charts") {
        var i = 0
        while (i < drawn.size) {
            val pair = drawn.drop(i).take(2).takeIf { p -> p.size == 2 && p.all { it.isSingle } }
            for (one in pair ?: listOf(drawn[i])) {
                val width = if (pair == null) width(one.chart.panels.size) else NARROW
                plots(one, plots, width, looks ?: looks(one.chart.names))
            }
            i += pair?.size ?: 1
        }
    }
}

private fun width(panels: Int) = if (panels == 1) WIDE else if (panels == 2) NARROW else SLIM

private val DrawnChart.isSingle
    get() = chart.panels.size == 1

/** A chart: heading, plots side by side, legend, notes. */
internal fun FlowContent.plots(
    drawn: DrawnChart,
    plots: Plots,
    width: Int,
    looks: Map<String, Look> = looks(drawn.chart.names),
) {
    val chart = drawn.chart
    figure(classes = if (width == WIDE || !drawn.isSingle) "plots wide" else "plots") {
        figcaption {
            h3 { +chart.title }
            if (chart.about.isNotEmpty()) p { +chart.about }
        }
        div(if (width == WIDE) "panels broad" else if (width == SLIM) "panels slim" else "panels") {
            for ((panel, drawing) in drawn.drawings) {
                div {
                    if (panel.title.isNotEmpty()) p("panel-title") { +panel.title }
                    val titles = listOf(chart.title, panel.title).filter(String::isNotEmpty)
                    val title = titles.joinToString(", ")
                    if (drawn.axis == null) p("nothing") { +"Nothing to draw." }
                    else svg(plots.curves(title, drawing, drawn.axis, looks, width, chart.along))
                }
            }
        }
        if (chart.names.size > 1) legend(chart.names.associateWith(looks::getValue))
        notes(drawn.notes)
    }
}

internal fun looks(names: List<String>): Map<String, Look> =
    names.withIndex().associate { (i, name) -> name to Look.of(i) }

internal fun FlowContent.svg(svg: String) = div("drawing") { unsafe { +svg } }

internal fun FlowContent.legend(looks: Map<String, Look>) =
    ul("legend") {
        for ((name, look) in looks) {
            li {
                span("swatch") {
                    attributes["style"] = "border-top: 3px ${look.dashes} ${look.color}"
                }
                +name
            }
        }
    }
