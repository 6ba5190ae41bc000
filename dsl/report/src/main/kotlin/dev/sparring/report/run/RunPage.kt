package dev.sparring.report.run

import dev.sparring.report.Chapter
import dev.sparring.report.chart.Catalogue
import dev.sparring.report.chart.Part
import dev.sparring.report.chart.Plots
import dev.sparring.report.chart.plots
import dev.sparring.report.count
import dev.sparring.report.facts
import dev.sparring.report.grid
import dev.sparring.report.notes
import dev.sparring.report.page
import kotlinx.html.FlowContent
import kotlinx.html.code
import kotlinx.html.h3
import kotlinx.html.li
import kotlinx.html.p
import kotlinx.html.pre
import kotlinx.html.ul
import kotlinx.serialization.json.JsonElement

/** The page of a run. */
internal class RunPage(private val report: RunReport) {
    private val plots = Plots()
    private val catalogue = Catalogue(report.metrics.series)

    fun html(): String =
        page(report.title, "Run report", report.state.sentence, mood(report.state), chapters())

    private fun chapters(): List<Chapter> =
        listOfNotNull(
            Chapter("Key facts") { facts(report.facts) }.takeIf { report.facts.isNotEmpty() },
            Chapter("Findings") { findings() }.takeIf { report.findings.isNotEmpty() },
            report.autopsy?.let { Chapter("Autopsy") { it.show(this) } },
            Chapter("Metrics") { noMetrics() }.takeIf { catalogue.charts.isEmpty() },
            Chapter("Left out") { notes(report.metrics.leftOut) }
                .takeIf { report.metrics.leftOut.isNotEmpty() },
        ) +
            charts(Part.LOSSES) +
            listOfNotNull(
                Chapter("Samples", hasPictures = true) { samples() }
                    .takeIf { report.pictures.count > 0 },
                Chapter("Evaluations") { evaluations() }.takeIf { report.evaluations.isNotEmpty() },
            ) +
            Part.entries.drop(1).flatMap(::charts) +
            listOfNotNull(
                Chapter("Recipe") { pre { code { +report.recipe } } }
                    .takeIf { report.recipe.isNotBlank() },
                Chapter("Provenance") { facts(provenance()) }
                    .takeIf { report.provenance.isNotEmpty() },
            )

    private fun FlowContent.findings() = ul("findings") { report.findings.forEach { li { +it } } }

    private fun FlowContent.noMetrics() = p {
        +"There are no metrics yet: a run writes them as it trains, and this report shows those so far."
    }

    private fun charts(part: Part): List<Chapter> {
        val charts = catalogue.charts[part].orEmpty()
        val empty = if (part == Part.OTHER) catalogue.empty else emptyList()
        if (charts.isEmpty() && (empty.isEmpty() || catalogue.charts.isEmpty())) return emptyList()
        return listOf(
            Chapter(part.title) {
                plots(charts, plots)
                notes(
                    listOf("Without a number yet: ${empty.joinToString(", ")}.").filter {
                        empty.isNotEmpty()
                    }
                )
            }
        )
    }

    private fun FlowContent.samples() {
        val pictures = report.pictures
        p {
            val shown = pictures.shown.size
            +if (shown < pictures.count)
                "$shown of ${count(pictures.count, "picture")}, evenly spaced; always from the same noise."
            else "Always from the same noise."
        }
        pictures(report)
        notes(pictures.unreadable.map { "$it is not a readable picture." })
    }

    private fun FlowContent.evaluations() {
        for (evaluation in report.evaluations) {
            h3 { +evaluation.name }
            p { +evaluation.facts.entries.joinToString(", ") { (key, value) -> "$key $value" } }
            if (evaluation.metrics.isNotEmpty()) metrics(evaluation.metrics)
            evaluation.curve?.let { curve ->
                val (header, rows) = curve.table()
                grid(header, rows, numbers = header.indices.toSet())
                p { +curve.conditions }
                plots(curve.charts(), plots)
            }
            val warnings = evaluation.metrics.flatMap { it.warnings }
            if (warnings.isNotEmpty())
                ul("warnings") { warnings.forEach { li { +"Warning: $it" } } }
        }
    }

    private fun FlowContent.metrics(metrics: List<EvaluationFile.Metric>) {
        // Of one result for figures of others.
        val intervals = metrics.flatMap { it.intervals.entries }.associate { it.key to it.value }
        val hasIntervals = intervals.isNotEmpty()
        val rows =
            metrics.flatMap { metric ->
                metric.figures.entries.mapIndexed { i, (name, value) ->
                    val interval = intervals[name] ?: "none"
                    listOf(name, value) +
                        listOf(interval).filter { hasIntervals } +
                        (if (i == 0) metric.conditions else "")
                }
            }
        val header =
            listOf("figure", "value") +
                listOf("95 % interval").filter { hasIntervals } +
                "conditions"
        grid(header, rows, numbers = setOf(1))
        // They are in no row.
        notes(metrics.filter { it.figures.isEmpty() }.map { it.conditions })
    }

    private fun provenance(): Map<String, String> =
        report.provenance.mapValues { (_, value: JsonElement) -> value.words() }
}
