package dev.sparring.report.sweep

import dev.sparring.report.Chapter
import dev.sparring.report.NOTHING
import dev.sparring.report.chart.Chart
import dev.sparring.report.chart.Column
import dev.sparring.report.chart.Dots
import dev.sparring.report.chart.DrawnChart
import dev.sparring.report.chart.Panel
import dev.sparring.report.chart.Plots
import dev.sparring.report.chart.WIDE
import dev.sparring.report.chart.looks
import dev.sparring.report.chart.plots
import dev.sparring.report.chart.svg
import dev.sparring.report.count
import dev.sparring.report.explain.ExplainChapters
import dev.sparring.report.grid
import dev.sparring.report.notes
import dev.sparring.report.ownReport
import dev.sparring.report.page
import dev.sparring.report.run.picture
import dev.sparring.report.shortOrNothing
import java.nio.file.Path
import kotlinx.html.FlowContent
import kotlinx.html.TR
import kotlinx.html.div
import kotlinx.html.figcaption
import kotlinx.html.figure
import kotlinx.html.h3
import kotlinx.html.p
import kotlinx.html.table
import kotlinx.html.tbody
import kotlinx.html.td
import kotlinx.html.th
import kotlinx.html.thead
import kotlinx.html.tr

/**
 * The page of a sweep.
 *
 * @param folder where it will be
 */
internal class SweepPage(private val report: SweepReport, private val folder: Path) {
    private val plots = Plots()
    private val runs = report.runs
    private val looks = looks(runs.cells.map { it.title })

    fun html(): String = page(report.title, kind(), status(), mood(), chapters())

    private fun kind() = if (report.explained == null) "Sweep report" else "Why two recipes differ"

    private fun mood() =
        when {
            runs.runs.all { it.isComplete } -> "good"
            report.tables == null || runs.isStale -> "open"
            else -> "bad"
        }

    private fun status(): String {
        val byStatus = runs.runs.groupingBy { it.status }.eachCount()
        val words = byStatus.entries.joinToString(", ") { (status, many) -> "$many $status" }
        val whole = "${count(runs.runs.size, "run")} of ${count(runs.cells.size, "cell")}: $words."
        return when {
            report.tables == null ->
                "$whole The sweep is not finished: its table is not written yet."
            runs.isStale -> "$whole Some have progressed since the table was written."
            else -> whole
        }
    }

    private fun chapters(): List<Chapter> {
        val tables = report.tables?.takeIf { runs.measures.isNotEmpty() }
        val explained = report.explained?.let { ExplainChapters(it, plots).all() }.orEmpty()
        return explained +
            listOfNotNull(
                tables?.let { Chapter("Table") { SweepGrid(runs, it).show(this) } },
                Chapter("Failures") { failures(report.tables) },
                report.variance?.let { Chapter("Whose luck") { it.show(this) } },
                tables?.let { Chapter("Measures") { dots(it) } },
                Chapter("Curves") { curves() }.takeIf { report.curves.isNotEmpty() },
                Chapter("Samples") { samples() }.takeIf { report.pictures.isNotEmpty() },
                Chapter("Runs") { runs() },
            )
    }

    private fun FlowContent.failures(tables: SweepTables?) {
        val failed = runs.runs.filterNot { it.isComplete }
        if (failed.isEmpty() && runs.runs.none { it.retries > 0 }) {
            p { +"None: all ${count(runs.runs.size, "run")} completed." }
            return
        }
        val counted = tables?.takeIf { it.countsFailures && !runs.isStale }
        val statuses = runs.runs.map { it.status }.distinct()
        val isRetried = runs.runs.any { it.retries > 0 }
        val rows =
            runs.cells.map { cell ->
                val own = runs.of(cell)
                val row = counted?.of(cell.folder)
                cell.names +
                    statuses.map { status -> "${own.count { it.status == status }}" } +
                    listOf("${own.count { it.retries > 0 }}").filter { isRetried } +
                    listOf(SweepGrid.interval(row?.low, row?.high)).filter { counted != null } +
                    listOf(shortOrNothing(row?.p)).filter { counted?.comparesFailures == true }
            }
        val more =
            listOf("retried").filter { isRetried } +
                listOf("rate, 95 %").filter { counted != null } +
                listOf("p").filter { counted?.comparesFailures == true }
        val numbers = (statuses + more).indices.map { it + runs.axisNames.size }
        grid(runs.axisNames + statuses + more, rows, numbers.toSet())
        notes(
            listOfNotNull(
                "Beyond limit: completed, with a figure above the sweep's limit for it."
                    .takeIf { SweptRun.BEYOND_LIMIT in statuses },
                "Retried: diverged, and went on from a checkpoint as its recipe allows."
                    .takeIf { isRetried },
                "Rates have Clopper and Pearson's intervals.".takeIf { counted != null },
                "P-values are of Fisher's exact test against the baseline, with Holm's correction."
                    .takeIf { counted?.comparesFailures == true },
            )
        )
    }

    private fun FlowContent.dots(tables: SweepTables) {
        p {
            +"A dot is the mean over a cell's runs that survived, the bar its 95 % interval, "
            +"a circle a run. Runs that failed have no figure here."
        }
        for (measure in runs.measures) {
            val rows = rows(measure, tables)
            val lost = rows.sumOf { row -> row.values.count { !it.isFinite() } }
            figure(classes = "plots wide") {
                figcaption {
                    h3 { +measure }
                    Column(measure).group?.about?.takeIf(String::isNotEmpty)?.let { p { +it } }
                }
                if (rows.all { row -> row.values.none(Double::isFinite) }) {
                    p("nothing") { +"Nothing to draw." }
                } else {
                    div("panels broad") { svg(plots.dots("$measure by cell", rows, WIDE)) }
                }
                notes(
                    listOf("${count(lost, "value")} not finite, and not drawn.").filter { lost > 0 }
                )
            }
        }
    }

    private fun rows(measure: String, tables: SweepTables): List<Dots> =
        runs.cells.map { cell ->
            val own = tables.of(cell.folder)?.measured?.get(measure)
            val values = runs.of(cell).mapNotNull { it.figures[measure] }
            val look = looks.getValue(cell.title)
            Dots(cell.title, own?.mean, own?.low, own?.high, values, look)
        }

    private fun FlowContent.curves() {
        p {
            +"The mean over a cell's runs, at steps where every run that came so far has a value; "
            +"the band goes from the least to the greatest. Long runs are drawn at 200 places: "
            +"means, and the extremes of each stretch of steps."
        }
        for ((measure, lines) in report.curves) {
            val group = Column(measure).group
            val about = group?.about.orEmpty()
            val panels = listOf(Panel("", lines))
            val isLog = group?.isLog == true
            val chart = Chart(measure, about, panels, isLog, group?.reference)
            plots(DrawnChart(chart), plots, WIDE, looks)
        }
    }

    private fun FlowContent.samples() {
        p { +"The last picture of each cell's first run." }
        div("pictures") {
            for (cell in runs.cells) {
                val own = report.pictures[cell.folder] ?: continue
                val step = count(own.picture.step)
                picture(own.picture, "${cell.title}, seed ${own.seed}, step $step")
            }
        }
    }

    private fun FlowContent.runs() =
        div("scroll") {
            table("grid") {
                thead {
                    tr {
                        runs.axisNames.forEach { th { +it } }
                        th(classes = "number") { +"seed" }
                        th { +"status" }
                        th(classes = "number") { +"last step" }
                        shown.forEach { th(classes = "number") { +it } }
                        th { +"report" }
                    }
                }
                tbody { for (cell in runs.cells) runs.of(cell).forEach { tr { row(cell, it) } } }
            }
        }

    private val shown = runs.measures.take(MEASURES_OF_RUNS)

    private fun TR.row(cell: Cell, run: SweptRun) {
        cell.names.forEach { td { +it } }
        td("number") { +"${run.seed}" }
        td { +(run.status + if (run.retries > 0) ", retried" else "") }
        td("number") { +count(run.step) }
        shown.forEach { td("number") { +shortOrNothing(run.figures[it]) } }
        td { ownReport(folder, run.directory.path, "report", NOTHING) }
    }

    private companion object {
        /** With more, the table of runs would be wider than a page; the others are in runs.csv. */
        const val MEASURES_OF_RUNS = 4
    }
}
