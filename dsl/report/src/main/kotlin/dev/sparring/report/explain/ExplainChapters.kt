package dev.sparring.report.explain

import dev.sparring.report.Chapter
import dev.sparring.report.chart.Bar
import dev.sparring.report.chart.Look
import dev.sparring.report.chart.Plots
import dev.sparring.report.chart.WIDE
import dev.sparring.report.chart.svg
import dev.sparring.report.grid
import dev.sparring.report.shortOrNothing
import dev.sparring.report.sweep.SweepGrid
import kotlinx.html.FlowContent
import kotlinx.html.div
import kotlinx.html.figcaption
import kotlinx.html.figure
import kotlinx.html.h3
import kotlinx.html.li
import kotlinx.html.p
import kotlinx.html.ul

/** The chapters of a sweep's page that explain the difference of two recipes. */
internal class ExplainChapters(private val tables: ExplainTables, private val plots: Plots) {
    fun all(): List<Chapter> =
        listOf(Chapter("What explains it") { contributions() }, Chapter("Moves") { moves() })

    private fun FlowContent.contributions() {
        p {
            +"How much each move carries of the difference between A and B: its Shapley value, the "
            +"mean over orders of what it changes. The values of all moves sum to the whole "
            +"difference, B less A. Alone is what a move changes from A, last what it changes when "
            +"all others are made; where these differ, moves act together."
        }
        for ((name, rows) in tables.figures) {
            bars(name, "Contributions to the mean of $name over the runs that survived.", rows) {
                it.mean
            }
            bars(
                "better",
                "Contributions to the probability that a run is better than one of A by $name, less " +
                    "one half. A run that failed is worse than every figure.",
                rows,
            ) {
                it.better
            }
            if (rows.any { row -> row.failures.value != 0.0 }) {
                bars("failed", "Contributions to the share of runs that failed.", rows) {
                    it.failures
                }
            }
            table(name, rows)
        }
    }

    private fun FlowContent.bars(
        title: String,
        about: String,
        rows: List<ExplainTables.Row>,
        of: (ExplainTables.Row) -> ExplainTables.Estimate,
    ) {
        val bars =
            rows.map { row ->
                val own = of(row)
                val label = if (row.isWhole) row.title else "${row.move} ${brief(row.title)}"
                Bar(label, own.value, own.low, own.high, Look.of(if (row.isWhole) 1 else 0))
            }
        figure(classes = "plots wide") {
            figcaption {
                h3 { +title }
                p { +about }
            }
            if (bars.all { it.value == null }) p("nothing") { +"Nothing to draw." }
            else div("panels broad") { svg(plots.bars("$title by move", bars, WIDE)) }
        }
    }

    /** An axis has room for some twenty letters. */
    private fun brief(title: String) =
        title.replace("discriminator", "D").replace("generator", "G").replace(".layers.", ".")

    private fun FlowContent.table(name: String, rows: List<ExplainTables.Row>) {
        val header =
            listOf("move", "", name, "95 %", "alone", "last", "better", "95 %", "failed", "95 %")
        grid(
            header,
            rows.map { row ->
                listOf(row.move, row.title) +
                    pair(row.mean) +
                    listOf(shortOrNothing(row.alone), shortOrNothing(row.last)) +
                    pair(row.better) +
                    pair(row.failures)
            },
            (2 until header.size).toSet(),
        )
    }

    private fun pair(of: ExplainTables.Estimate) =
        listOf(shortOrNothing(of.value), SweepGrid.interval(of.low, of.high))

    private fun FlowContent.moves() {
        grid(
            listOf("move", "kind", "setting", "A", "B"),
            tables.settings.map { listOf(it.move, it.kind, it.path, it.a, it.b) },
            emptySet(),
        )
        ul { tables.notes.forEach { li { +it } } }
    }
}
