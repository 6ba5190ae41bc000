package dev.sparring.report.explain

import dev.sparring.report.sweep.Csv
import java.nio.file.Path
import kotlin.io.path.exists

/**
 * What `sparring explain` leaves in its folder beside the tables of a sweep.
 *
 * @param figures by the figure: a row for each move, the last one of all together
 * @param settings a row for each setting that differs
 */
internal class ExplainTables
private constructor(
    val figures: Map<String, List<Row>>,
    val settings: List<Setting>,
    val notes: List<String>,
) {
    /**
     * The contributions of a move; null where there is none.
     *
     * @param move its number; `all` for the whole difference
     * @param alone what it changes by itself, from A
     * @param last what it changes when all others are made
     */
    class Row(
        val move: String,
        val title: String,
        val mean: Estimate,
        val better: Estimate,
        val failures: Estimate,
        val alone: Double?,
        val last: Double?,
    ) {
        /** Whether it is the whole difference. */
        val isWhole: Boolean = move == "all"
    }

    /** A number with its 95 % interval. */
    class Estimate(val value: Double?, val low: Double?, val high: Double?)

    /** A setting that a move changes. */
    class Setting(
        val move: String,
        val kind: String,
        val path: String,
        val a: String,
        val b: String,
    )

    companion object {
        /**
         * Null if the folder has none, or they are not written yet.
         *
         * @throws dev.sparring.run.RunException if one is damaged
         */
        fun of(folder: Path): ExplainTables? {
            val files = listOf("explain.csv", "moves.csv", "notes.csv").map(folder::resolve)
            if (files.any { !it.exists() }) return null
            val (explained, moves, notes) = files.map(Csv::of)
            val figure = explained.place("figure")
            val rows = explained.rows.groupBy({ it[figure] }) { row(explained, it) }
            return ExplainTables(rows, settings(moves), notes.rows.map { it[notes.place("note")] })
        }

        private fun row(csv: Csv, row: List<String>): Row {
            fun number(column: String) = row[csv.place(column)].toDoubleOrNull()
            fun estimate(name: String) =
                Estimate(number(name), number("${name}_lo95"), number("${name}_hi95"))
            return Row(
                row[csv.place("move")],
                row[csv.place("title")],
                estimate("mean"),
                estimate("better"),
                estimate("failures"),
                number("alone"),
                number("last"),
            )
        }

        private fun settings(csv: Csv): List<Setting> {
            val places = listOf("move", "kind", "setting", "a", "b").map(csv::place)
            return csv.rows.map { row ->
                val (move, kind, path, a, b) = places.map { row[it] }
                Setting(move, kind, path, a, b)
            }
        }
    }
}
