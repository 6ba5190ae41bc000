package dev.sparring.report

import kotlinx.html.FlowContent
import kotlinx.html.classes
import kotlinx.html.div
import kotlinx.html.figcaption
import kotlinx.html.figure
import kotlinx.html.h3
import kotlinx.html.img
import kotlinx.html.li
import kotlinx.html.p
import kotlinx.html.span
import kotlinx.html.table
import kotlinx.html.tbody
import kotlinx.html.td
import kotlinx.html.th
import kotlinx.html.thead
import kotlinx.html.tr
import kotlinx.html.ul
import kotlinx.html.unsafe

/** Widths of a plot in pixels, at which text in it is about as large as that around it. */
internal const val WIDE = 900
internal const val NARROW = 450
private const val SLIM = 320

/** A page shows pictures about so wide; smaller ones are enlarged, and keep their sharp pixels. */
private const val PICTURE = 320

/** Figures in two columns; those of several plots, and those without a neighbor, in both. */
internal fun FlowContent.plots(figures: List<Figure>, plots: Plots) {
    val drawn = figures.map { DrawnFigure(it) }
    notes(DrawnFigure.notes(drawn))
    div("figures") {
        var i = 0
        while (i < drawn.size) {
            val pair = drawn.drop(i).take(2).takeIf { p -> p.size == 2 && p.all { it.isSingle } }
            if (pair == null) plots(drawn[i], plots, width(drawn[i].figure.panels.size))
            else pair.forEach { plots(it, plots, NARROW) }
            i += pair?.size ?: 1
        }
    }
}

private fun width(panels: Int) = if (panels == 1) WIDE else if (panels == 2) NARROW else SLIM

private val DrawnFigure.isSingle
    get() = figure.panels.size == 1

/** A figure: heading, plots side by side, legend, notes. */
internal fun FlowContent.plots(
    drawn: DrawnFigure,
    plots: Plots,
    width: Int,
    looks: Map<String, Look> = looks(drawn.figure.names),
) {
    val figure = drawn.figure
    figure(classes = if (width == WIDE || !drawn.isSingle) "plots wide" else "plots") {
        figcaption {
            h3 { +figure.title }
            if (figure.about.isNotEmpty()) p { +figure.about }
        }
        div(if (width == WIDE) "panels broad" else if (width == SLIM) "panels slim" else "panels") {
            for ((panel, drawing) in drawn.drawings) {
                div {
                    if (panel.title.isNotEmpty()) p("panel-title") { +panel.title }
                    val titles = listOf(figure.title, panel.title).filter(String::isNotEmpty)
                    val title = titles.joinToString(", ")
                    if (drawn.axis == null) p("nothing") { +"Nothing to draw." }
                    else svg(plots.curves(title, drawing, drawn.axis, looks, width, figure.along))
                }
            }
        }
        if (figure.names.size > 1) legend(figure.names.associateWith(looks::getValue))
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

internal fun FlowContent.notes(notes: List<String>) {
    if (notes.isNotEmpty()) p("notes") { +notes.joinToString(" ") }
}

/** What a picture is of is said below it, and for who does not see it. */
internal fun FlowContent.picture(picture: SamplePictures.Picture, caption: String) =
    figure(classes = "picture") {
        val isSmall = picture.width <= PICTURE
        img(alt = "Samples: $caption", src = picture.data) {
            if (isSmall) classes = setOf("crisp")
            attributes["width"] = "${picture.width}"
            attributes["height"] = "${picture.height}"
        }
        figcaption { +caption }
    }

/** Two columns: what, and its value. */
internal fun FlowContent.facts(facts: Map<String, String>) =
    div("scroll") {
        table("facts") {
            tbody {
                for ((name, value) in facts) {
                    tr {
                        th { +name }
                        td { +value }
                    }
                }
            }
        }
    }

/** A table with a heading; [numbers] are the columns that are set to the right. */
internal fun FlowContent.grid(header: List<String>, rows: List<List<String>>, numbers: Set<Int>) =
    div("scroll") {
        table("grid") {
            thead {
                tr { header.forEachIndexed { i, name -> th(classes = side(i, numbers)) { +name } } }
            }
            tbody {
                for (row in rows) {
                    tr { row.forEachIndexed { i, cell -> td(side(i, numbers)) { +cell } } }
                }
            }
        }
    }

private fun side(column: Int, numbers: Set<Int>) = if (column in numbers) "number" else null
