package dev.sparring.report.runs

import dev.sparring.dsl.diff.RecipeDiff
import dev.sparring.metric.Direction
import dev.sparring.report.Chapter
import dev.sparring.report.NOTHING
import dev.sparring.report.chart.Plots
import dev.sparring.report.chart.looks
import dev.sparring.report.chart.plots
import dev.sparring.report.count
import dev.sparring.report.grid
import dev.sparring.report.notes
import dev.sparring.report.page
import dev.sparring.report.run.picture
import dev.sparring.report.short
import dev.sparring.run.RunState
import java.nio.file.Path
import kotlinx.html.FlowContent
import kotlinx.html.div
import kotlinx.html.h3
import kotlinx.html.li
import kotlinx.html.p
import kotlinx.html.ul

/**
 * The page of a folder with several runs.
 *
 * @param folder where it will be
 */
internal class RunsPage(private val report: RunsReport, private val folder: Path) {
    private val plots = Plots()

    /** A run looks the same in all charts. */
    private val looks = looks(report.groups.flatMap { group -> group.runs.map { it.label } })

    fun html(): String = page(report.title, "Report of runs", status(), mood(), chapters())

    private fun states() = report.all.values.groupingBy { it.state }.eachCount()

    private fun status(): String {
        val words = states().entries.joinToString(", ") { (state, many) -> "$many ${state.word()}" }
        return "${count(report.all.size, "run")}: $words."
    }

    private fun mood() =
        when {
            states().keys == setOf(RunState.COMPLETED) -> "good"
            states().keys.any { it in RunsTable.BAD } -> "bad"
            else -> "open"
        }

    private fun chapters(): List<Chapter> {
        val titles = titles()
        return listOfNotNull(
            Chapter("Runs") { overview() },
            Chapter("Left out") { ul("findings") { report.notes.forEach { li { +it } } } }
                .takeIf { report.notes.isNotEmpty() },
        ) +
            report.groups.mapIndexed { i, group -> Chapter(titles[i]) { figures(group) } } +
            listOfNotNull(
                Chapter("Samples", hasPictures = true) { samples() }
                    .takeIf { report.pictures.isNotEmpty() },
                Chapter("Recipes") { recipes() }.takeIf { report.groups.any { it.runs.size > 1 } },
            )
    }

    /** Of several groups, by the names of their runs. */
    private fun titles(): List<String> {
        if (report.groups.size == 1) return listOf("Figures")
        val names =
            report.groups.map { group ->
                "Figures of " + group.runs.map { it.overview.name }.distinct().joinToString(", ")
            }
        val seen = mutableMapOf<String, Int>()
        return names.map { name ->
            val many = seen.merge(name, 1, Int::plus)!!
            if (many == 1) name else "$name ($many)"
        }
    }

    private fun FlowContent.overview() {
        with(RunsTable(report.all, folder)) { table() }
        if (report.groups.size > 1) {
            p {
                +"These runs saw ${count(report.groups.size, "set")} of data; only figures of runs "
                +"on the same data stand side by side."
            }
        }
    }

    private fun FlowContent.figures(group: ComparedRuns) {
        if (group.problems.isNotEmpty()) {
            ul("warnings") { group.problems.forEach { li { +it } } }
        }
        best(group)
        val charts = RunsCharts(group, report.curves).all()
        if (charts.isEmpty()) {
            p { +"There are no figures to draw." }
            return
        }
        p {
            +"A line for each run. Long runs are drawn at 200 places: means, and a band from the "
            +"least to the greatest of each stretch of steps."
        }
        plots(charts, plots, looks)
    }

    /** The best numbers of figures of which one is better. */
    private fun FlowContent.best(group: ComparedRuns) {
        val names =
            group.runs
                .flatMap { it.figures.keys }
                .distinct()
                .filter { Direction.of(it).isPresent && group.isComparable(it) }
        for (some in names.chunked(MOST_COLUMNS)) {
            val header =
                listOf("best") + some.map { "$it (${Direction.of(it).orElseThrow().word()})" }
            val rows =
                group.runs.map { run ->
                    listOf(run.label) +
                        some.map { name ->
                            val figure = run.figures[name]
                            val best = figure?.best
                            if (best == null) NOTHING
                            else "${short(best)} at ${count(checkNotNull(figure.bestStep))}"
                        }
                }
            grid(header, rows, numbers = some.indices.map { it + 1 }.toSet())
        }
    }

    private fun FlowContent.samples() {
        p { +"The last picture of each run." }
        div("pictures") {
            for ((label, picture) in report.pictures) {
                picture(picture, "$label, step ${count(picture.step)}")
            }
        }
    }

    private fun FlowContent.recipes() {
        p { +"How recipes differ in effect from that of the first run on the same data." }
        for (group in report.groups.filter { it.runs.size > 1 }) {
            val first = group.runs.first()
            for (other in group.runs.drop(1)) recipes(first, other)
        }
    }

    private fun FlowContent.recipes(first: ComparedRun, other: ComparedRun) {
        h3 { +other.label }
        val (a, b) = first.recipe to other.recipe
        if (a == null || b == null) {
            p { +"One of the recipes has words or objects that are not known here." }
            return
        }
        val differences = RecipeDiff.of(a, b)
        if (differences.isEmpty()) p { +"Equal in effect to that of ${first.label}." }
        else {
            val rows = differences.map { listOf(it.path, "${it.first}", "${it.second}") }
            grid(listOf("setting", first.label, other.label), rows, numbers = emptySet())
        }
    }

    private companion object {
        /** With more, a table would be wider than a page. */
        const val MOST_COLUMNS = 3
    }
}
