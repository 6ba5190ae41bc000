package dev.sparring.report.sweep

import dev.sparring.report.grid
import dev.sparring.report.notes
import dev.sparring.report.shortOrNothing
import java.nio.file.Path
import kotlin.io.path.exists
import kotlinx.html.FlowContent
import kotlinx.html.p

/** `variance.csv` of a sweep that crosses seeds: whose luck its figures are. */
internal class SweepVariance private constructor(private val csv: Csv) {
    private val figure = csv.place("figure")
    private val axes = csv.header.take(figure)

    fun show(to: FlowContent) {
        to.p {
            +"How much of the variance of a figure over seeds each of them carries. "
            +"'a x b' is what a and b do together only; of all together also what is left."
        }
        val numbers = listOf("runs", "n", "variance", "share")
        val header = axes + listOf("figure", "source") + numbers + "95 %"
        val rows =
            csv.rows.map { row ->
                fun text(column: String) = row[csv.place(column)]
                fun number(column: String) = text(column).toDoubleOrNull()
                row.take(figure) +
                    listOf(text("figure"), text("source"), text("runs"), text("n")) +
                    listOf(shortOrNothing(number("variance")), shortOrNothing(number("share"))) +
                    SweepGrid.interval(number("share_lo95"), number("share_hi95"))
            }
        to.grid(header, rows, (axes.size + 2 until header.size).toSet())
        to.notes(
            listOf(
                "Estimates of variance may be below 0 where a source carries little; their share " +
                    "is 0. n of the runs have the figure. Intervals are of the pigeonhole " +
                    "bootstrap over the values of each seed."
            )
        )
    }

    companion object {
        /** Null if the sweep crosses no seeds, or is not finished. */
        fun of(folder: Path): SweepVariance? =
            folder.resolve("variance.csv").takeIf { it.exists() }?.let { SweepVariance(Csv.of(it)) }
    }
}
