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
    private val counts = listOf("n", "failures") + listOf("retried").filter { tables.hasRetried }

    /** The columns of one measure; those that no measure of the sweep has are left out. */
    private val each =
        listOf("mean", "sd", "95 %") +
            listOf(RANK).filter { has { it.rank } } +
            listOf(BETTER, BETTER_INTERVAL).filter { has { it.better } } +
            listOf("p").filter { has { it.p } }

    private fun has(value: (SweepTables.Measured) -> Double?) = tables.has(runs.measures, value)

    fun show(content: FlowContent) {
        content.p {
            +"Of each run the mean over the last tenth of its steps; over a cell's runs that "
            +"survived to their end the mean, the standard deviation and a 95 % bootstrap interval "
            +"of the mean."
            if (RANK in each) {
                +" The rank is by the median of all runs, where one that failed is worse than every "
                +"figure."
            }
            if (BETTER in each) {
                +" \"Better\" is the probability that a run is better than one of the baseline, with "
                +"its 95 % interval; one half is no difference."
            }
            if ("p" in each) {
                if (tables.countsFailures) {
                    +" P-values are of the difference from the baseline, with Holm's correction over "
                    +"all comparisons of the table."
                } else {
                    +" P-values are of the difference from the baseline (permutation test of the "
                    +"runs that survived, Holm's correction for each measure); this table is of an "
                    +"earlier version and leaves failures out of them: sweep again to compare them."
                }
            }
        }
        val room = MOST_COLUMNS - runs.axisNames.size - counts.size
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
            for (name in runs.axisNames + counts) {
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
                if (tables.hasRetried) td("number") { +"${row.retried}" }
                for (figure in measures.flatMap { figures(row, row.measured.getValue(it)) }) {
                    td("number") { +figure }
                }
            }
        }
    }

    private fun figures(row: SweepTables.Row, measured: SweepTables.Measured): List<String> {
        val isOfSome = row.runs != null && row.runs != row.n && measured.mean != null
        val of = if (isOfSome) " of ${row.n} that survived" else ""
        return each.map { name ->
            when (name) {
                "mean" -> shortOrNothing(measured.mean) + of
                "sd" -> shortOrNothing(measured.deviation)
                "95 %" -> interval(measured.low, measured.high)
                RANK -> measured.rank?.let { "${it.toInt()}" } ?: NOTHING
                BETTER -> shortOrNothing(measured.better)
                BETTER_INTERVAL -> interval(measured.betterLow, measured.betterHigh)
                else -> shortOrNothing(measured.p)
            }
        }
    }

    companion object {
        private const val RANK = "rank"
        private const val BETTER = "better"
        private const val BETTER_INTERVAL = "95 % of better"

        /** More do not fit the width of a page. */
        private const val MOST_COLUMNS = 10

        /** A range in words. */
        fun interval(low: Double?, high: Double?): String =
            if (low == null || high == null) NOTHING else "${short(low)} to ${short(high)}"
    }
}
