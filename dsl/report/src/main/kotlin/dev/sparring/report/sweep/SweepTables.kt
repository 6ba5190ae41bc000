package dev.sparring.report.sweep

import java.nio.file.Path
import kotlin.io.path.exists

/**
 * `table.csv` of a sweep. Tables of earlier versions have fewer columns.
 *
 * @param rows a row a cell
 */
internal class SweepTables private constructor(val rows: List<Row>) {
    /**
     * A row of the table, with its counts.
     *
     * @param n runs that survived
     * @param runs all runs; null in earlier tables
     * @param low of the interval of the rate of failures
     * @param p of failures against the baseline's
     */
    class Row(
        val cell: String,
        val n: String,
        val failures: String,
        val runs: String?,
        val low: Double?,
        val high: Double?,
        val p: Double?,
        val retried: Int,
        val measured: Map<String, Measured>,
    )

    /**
     * One measure over the runs of a cell that survived; null for values that the table lacks.
     *
     * @param rank among the cells, a failed run being worse than every figure
     * @param better the probability that a run is better than one of the baseline
     */
    class Measured(
        val mean: Double?,
        val deviation: Double?,
        val low: Double?,
        val high: Double?,
        val rank: Double?,
        val better: Double?,
        val betterLow: Double?,
        val betterHigh: Double?,
        val p: Double?,
    )

    /** Whether the table tells failures apart by their intervals, and ranks. */
    val countsFailures: Boolean = rows.any { it.low != null }

    /** Whether failures are compared with a baseline's. */
    val comparesFailures: Boolean = rows.any { it.p != null }

    val hasRetried: Boolean = rows.any { it.retried > 0 }

    fun of(cell: String): Row? = rows.find { it.cell == cell }

    /** Whether any of these measures has such a value. */
    fun has(measures: List<String>, value: (Measured) -> Double?): Boolean =
        rows.any { row -> measures.any { value(row.measured.getValue(it)) != null } }

    companion object {
        /**
         * Null if there is no table, as for an unfinished sweep.
         *
         * @throws dev.sparring.run.RunException if it is damaged
         */
        fun of(folder: Path, measures: List<String>): SweepTables? {
            val file = SweepFolder.table(folder)
            if (!file.exists()) return null
            val csv = Csv.of(file)
            val (cell, n, failures) = listOf("cell", "n", "failures").map(csv::place)
            for (measure in measures) csv.place("${measure}_mean")
            return SweepTables(
                csv.rows.map { row ->
                    fun text(column: String) =
                        csv.header.indexOf(column).takeIf { it >= 0 }?.let { row[it] }
                    fun number(column: String) = text(column)?.toDoubleOrNull()
                    val measured =
                        measures.associateWith {
                            Measured(
                                number("${it}_mean"),
                                number("${it}_sd"),
                                number("${it}_lo95"),
                                number("${it}_hi95"),
                                number("${it}_rank"),
                                number("${it}_better"),
                                number("${it}_better_lo95"),
                                number("${it}_better_hi95"),
                                number("${it}_p"),
                            )
                        }
                    Row(
                        row[cell],
                        row[n],
                        row[failures],
                        text("runs"),
                        number("failures_lo95"),
                        number("failures_hi95"),
                        number("failures_p"),
                        text("retried")?.toIntOrNull() ?: 0,
                        measured,
                    )
                }
            )
        }
    }
}
