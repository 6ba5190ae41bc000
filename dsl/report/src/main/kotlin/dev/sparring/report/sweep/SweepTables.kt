package dev.sparring.report.sweep

import java.nio.file.Path
import kotlin.io.path.exists

/**
 * `table.csv` of a sweep.
 *
 * @param rows a row a cell
 */
internal class SweepTables private constructor(val rows: List<Row>) {
    /** A row of the table, with its counts. */
    class Row(
        val cell: String,
        val n: String,
        val failures: String,
        val measured: Map<String, Measured>,
    )

    /** One measure over a cell's completed runs; null for values that the table lacks. */
    class Measured(
        val mean: Double?,
        val deviation: Double?,
        val low: Double?,
        val high: Double?,
        val p: Double?,
    )

    /** Whether the sweep compared with a baseline. */
    val compares: Boolean = rows.any { row -> row.measured.values.any { it.p != null } }

    fun of(cell: String): Row? = rows.find { it.cell == cell }

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
                    fun number(column: String) =
                        csv.header
                            .indexOf(column)
                            .takeIf { it >= 0 }
                            ?.let { row[it].toDoubleOrNull() }
                    val measured =
                        measures.associateWith {
                            Measured(
                                number("${it}_mean"),
                                number("${it}_sd"),
                                number("${it}_lo95"),
                                number("${it}_hi95"),
                                number("${it}_p"),
                            )
                        }
                    Row(row[cell], row[n], row[failures], measured)
                }
            )
        }
    }
}
