package dev.sparring.ui.page

import dev.sparring.report.chart.FigureInfo
import dev.sparring.report.runs.ComparedRuns
import dev.sparring.ui.ListedRun
import dev.sparring.ui.RunIndex
import kotlinx.html.FlowContent
import kotlinx.html.INPUT
import kotlinx.html.InputType
import kotlinx.html.UL
import kotlinx.html.details
import kotlinx.html.div
import kotlinx.html.id
import kotlinx.html.input
import kotlinx.html.label
import kotlinx.html.li
import kotlinx.html.output
import kotlinx.html.p
import kotlinx.html.span
import kotlinx.html.summary
import kotlinx.html.title
import kotlinx.html.ul

/** Curves of figures of several runs over each other. */
internal class CurvesPage(
    private val index: RunIndex,
    private val runs: List<ListedRun>,
    private val shell: Shell,
) {
    fun html(): String {
        val all = index.all()
        return shell.page(
            when (runs.size) {
                0 -> "No runs yet"
                1 -> runs.single().label
                else -> "${runs.size} runs"
            },
            "Curves",
            listOf("uplot.js", "lines.js", "choose.js", "curves.js"),
            wide = true,
        ) {
            details("chooser") {
                if (runs.isEmpty()) attributes["open"] = "open"
                summary { +"Choose runs" }
                filter("run-filter", "Filter runs")
                ul("choices") {
                    id = "run-choices"
                    val chosen = runs.map { it.id }.toSet()
                    for (run in all) choice(run.id, run.label, "", run.id in chosen)
                }
            }
            CurvesWidget(index, runs).content(this)
        }
    }
}

/** The charts of some runs, and what is set for them; `curves.js` fills it. */
internal class CurvesWidget(private val index: RunIndex, private val runs: List<ListedRun>) {
    /** The columns that some of the runs have, by part. */
    private val figures: Map<String, List<Pair<String, FigureInfo>>> =
        index
            .overviews(runs)
            .flatMap { it.figures.keys }
            .distinct()
            .sortedBy { ComparedRuns.isOfWeight(it) }
            .map { it to FigureInfo.of(it) }
            .groupBy { it.second.part }

    fun content(flow: FlowContent) =
        with(flow) {
            div("curves") {
                id = "curves"
                attributes["data-runs"] = runs.joinToString(".") { it.id }
                attributes["data-labels"] = runs.joinToString("\n") { it.label }
                details("chooser") {
                    summary { +"Choose figures" }
                    filter("figure-filter", "Filter figures")
                    for (part in FigureInfo.parts) {
                        val own = figures[part] ?: continue
                        p("part") { +part }
                        ul("choices figure-choices") {
                            for ((name, info) in own.sortedBy { it.first }) {
                                choice(name, name, "${info.title}. ${info.about}", false) {
                                    attributes["data-title"] = info.title
                                    attributes["data-about"] = info.about
                                    attributes["data-log"] = "${info.isLog}"
                                }
                            }
                        }
                    }
                }
                div("tools") {
                    label {
                        +"Smoothing "
                        input(InputType.range) {
                            id = "smoothing"
                            min = "0"
                            max = "20"
                            value = "0"
                        }
                        output { id = "smoothing-value" }
                    }
                    label {
                        input(InputType.checkBox) { id = "log" }
                        +" Logarithmic"
                    }
                    label {
                        input(InputType.checkBox) { id = "bands" }
                        +" Least and greatest"
                    }
                    span("notes") { +"Drag over a chart to zoom in, double-click to zoom out." }
                }
                p("notes") { id = "left-out" }
                ul("legend") { id = "legend" }
                div("plots-live") { id = "charts" }
            }
        }
}

private fun FlowContent.filter(name: String, about: String) =
    input(InputType.search) {
        id = name
        placeholder = "filter"
        attributes["aria-label"] = about
        attributes["autocomplete"] = "off"
    }

private fun UL.choice(
    name: String,
    text: String,
    about: String,
    isChosen: Boolean,
    more: INPUT.() -> Unit = {},
) = li {
    label {
        if (about.isNotEmpty()) title = about
        input(InputType.checkBox) {
            value = name
            checked = isChosen
            more()
        }
        +" $text"
    }
}
