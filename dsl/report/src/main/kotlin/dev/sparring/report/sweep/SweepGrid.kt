package dev.sparring.report.sweep

import dev.sparring.report.NOTHING
import dev.sparring.report.short
import dev.sparring.report.shortOrNothing
import kotlinx.html.FlowContent
import kotlinx.html.TABLE
import kotlinx.html.div
import kotlinx.html.p
import kotlinx.html.table
import kotlinx.html.tbody
import kotlinx.html.td
import kotlinx.html.th
import kotlinx.html.thead
import kotlinx.html.tr

/**
 * The results of a sweep, with a row for each cell; many measures are split into several tables.
 */
internal class SweepGrid(private val runs: SweepRuns, private val tables: SweepTables) {
    private val each =
        listOf("mean", "sd", "95 %") + if (tables.compares) listOf("p") else emptyList()

    fun show(content: FlowContent) {
        content.p {
            +"Of each run the mean over the last tenth of its steps; over a cell's completed runs "
            +"the mean, the standard deviation and a 95 % bootstrap interval of the mean"
            if (tables.compares) {
                +", and the p-value of the difference from the baseline (permutation test, Holm's "
                +"correction)"
            }
            +"."
        }
        val room = MOST_COLUMNS - runs.axisNames.size - COUNTS.size
        for (measures in runs.measures.chunked(maxOf(1, room / each.size))) {
            content.div("scroll") {
                table("grid") {
                    heading(measures)
                    rows(measures)
                }
            }
        }
    }

    private fun TABLE.heading(measures: List<String>) = thead {
        tr {
            for (name in runs.axisNames + COUNTS) {
                th {
                    attributes["rowspan"] = "2"
                    +name
                }
            }
            for (measure in measures) {
                th(classes = "group") {
                    attributes["colspan"] = "${each.size}"
                    +measure
                }
            }
        }
        tr { measures.forEach { each.forEach { name -> th(classes = "number") { +name } } } }
    }

    private fun TABLE.rows(measures: List<String>) = tbody {
        for (cell in runs.cells) {
            val row = tables.of(cell.folder) ?: continue
            tr {
                cell.names.forEach { td { +it } }
                td("number") { +row.n }
                td("number") { +row.failures }
                for (figure in measures.flatMap { figures(row.measured.getValue(it)) }) {
                    td("number") { +figure }
                }
            }
        }
    }

    private fun figures(measured: SweepTables.Measured): List<String> {
        val interval =
            if (measured.low == null || measured.high == null) NOTHING
            else "${short(measured.low)} to ${short(measured.high)}"
        val start =
            listOf(shortOrNothing(measured.mean), shortOrNothing(measured.deviation), interval)
        return if (tables.compares) start + shortOrNothing(measured.p) else start
    }

    private companion object {
        val COUNTS = listOf("n", "failures")

        /** More do not fit the width of a page. */
        const val MOST_COLUMNS = 10
    }
}
