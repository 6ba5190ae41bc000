package dev.sparring.report.runs

import dev.sparring.metric.Direction
import dev.sparring.report.NOTHING
import dev.sparring.report.count
import dev.sparring.report.ownReport
import dev.sparring.report.shortOrNothing
import dev.sparring.run.RunOverview
import dev.sparring.run.RunState
import java.nio.file.Path
import kotlin.jvm.optionals.getOrNull
import kotlinx.html.FlowContent
import kotlinx.html.TR
import kotlinx.html.div
import kotlinx.html.table
import kotlinx.html.tbody
import kotlinx.html.td
import kotlinx.html.th
import kotlinx.html.thead
import kotlinx.html.tr

/**
 * All runs at a glance, a row each, damaged ones too; with links to the reports that they have.
 *
 * @param all by label
 * @param folder where the page will be
 */
internal class RunsTable(private val all: Map<String, RunOverview>, private val folder: Path) {
    private val shown: List<String> = run {
        val measured =
            all.values
                .flatMap { it.figures.keys }
                .filter { Direction.of(it).isPresent }
                .groupingBy { it }
                .eachCount()
                .entries
                .sortedWith(compareBy({ -it.value }, { it.key }))
                .map { it.key }
        LOSSES + measured.take(MEASURED)
    }

    fun FlowContent.table() =
        div("scroll") {
            table("grid") {
                thead {
                    tr {
                        th { +"run" }
                        th { +"name" }
                        th(classes = "number") { +"seed" }
                        th { +"state" }
                        th(classes = "number") { +"steps" }
                        shown.forEach { th(classes = "number") { +it } }
                        th { +"begun" }
                    }
                }
                tbody { all.forEach { (label, run) -> tr { row(label, run) } } }
            }
        }

    private fun TR.row(label: String, run: RunOverview) {
        td("name") { ownReport(folder, run.directory.path, label, label) }
        td("name") { +run.name }
        td("number") { +if (run.seed.isPresent) "${run.seed.asLong}" else NOTHING }
        td(mood(run.state)) { +run.state.word() }
        td("number") {
            val all = run.steps.takeIf { it.isPresent && it.asLong != run.step }
            +count(run.step)
            if (all != null) +" of ${count(all.asLong)}"
        }
        shown.forEach { td("number") { +shortOrNothing(run.figures[it]) } }
        td("name") { +(run.start.getOrNull()?.toString()?.take(DAY) ?: NOTHING) }
    }

    private fun mood(state: RunState) =
        if (state == RunState.COMPLETED) "good" else if (state in BAD) "bad" else "open"

    companion object {
        /** States that want a look. */
        val BAD = setOf(RunState.DIVERGED, RunState.FAILED, RunState.KILLED, RunState.DAMAGED)
        private val LOSSES = listOf("loss_d", "loss_g")

        /** With more, the table would be wider than a page. */
        private const val MEASURED = 2

        /** The characters of a date, as ISO 8601 writes it. */
        private const val DAY = 10
    }
}
