package dev.sparring.cli.sweep

import dev.sparring.cli.ProgressLines
import dev.sparring.cli.columns
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.dsl.sweep.SweepCell
import dev.sparring.random.Seed
import dev.sparring.statistics.Bootstrap
import dev.sparring.statistics.Holm
import dev.sparring.statistics.Interval
import dev.sparring.statistics.Moments
import dev.sparring.statistics.PermutationTest

/**
 * The results of a sweep, cell by cell: for each measure the mean over seeds, the standard
 * deviation, a 95 % interval and, if the sweep compares, the p-value of the difference from the
 * baseline.
 *
 * Random numbers are drawn from streams named by cell and measure, so the table is reproducible.
 * Fewer than three values have neither interval nor p-value. P-values are corrected over all cells
 * of a measure.
 *
 * n counts the runs that completed; those that did not, or exceeded the sweep's limits, are
 * failures.
 */
internal class SweepTable(private val sweep: Sweep, private val results: List<SweepResult>) {
    private val measures = sweep.measures
    private val rows = sweep.cells.map { cell -> Row(cell, measures.map { measured(cell, it) }) }
    private val p = measures.indices.map(::pValues)

    private class Row(val cell: SweepCell, val measured: List<Measured>)

    private class Measured(val values: DoubleArray, val name: String, val cell: String) {
        val isEnough = values.size >= ENOUGH && values.all(Double::isFinite)
        val mean = if (values.isEmpty()) null else Moments.mean(values)
        val deviation = if (values.size < 2) null else Moments.standardDeviation(values)
        val interval: Interval? =
            if (isEnough) Bootstrap.mean(values, LEVEL, RESAMPLES, stream("bootstrap")) else null

        fun stream(purpose: String) = Seed(0).stream("sweep $purpose $cell $name")
    }

    private fun of(cell: SweepCell) = results.filter { it.run.cell === cell }

    private fun measured(cell: SweepCell, measure: String): Measured {
        val values = of(cell).mapNotNull { it.figures[measure] }
        return Measured(values.toDoubleArray(), measure, cell.folder)
    }

    /** By row, with Holm's correction; null if there is nothing to compare. */
    private fun pValues(measure: Int): Map<Row, Double> {
        val raw =
            rows.mapNotNull { row ->
                val baseline = sweep.baselineOf(row.cell) ?: return@mapNotNull null
                val own = row.measured[measure]
                val other = rows.first { it.cell === baseline }.measured[measure]
                if (!own.isEnough || !other.isEnough) return@mapNotNull null
                val stream = own.stream("permutation")
                row to PermutationTest.twoSided(own.values, other.values, stream)
            }
        val adjusted = Holm.adjust(raw.map { it.second }.toDoubleArray())
        return raw.mapIndexed { i, (row, _) -> row to adjusted[i] }.toMap()
    }

    /** A row for each cell. */
    fun csv(): String {
        val header =
            listOf("cell") +
                sweep.axes +
                listOf("n", "failures") +
                measures.flatMap { m ->
                    listOf("${m}_mean", "${m}_sd", "${m}_lo95", "${m}_hi95") +
                        if (sweep.compares) listOf("${m}_p") else emptyList()
                }
        return csv(listOf(header) + rows.map { start(it, it.cell.folder) + figures(it) })
    }

    private fun figures(row: Row): List<String> =
        row.measured.flatMapIndexed { i, measured ->
            val figures =
                listOf(measured.mean, measured.deviation) +
                    listOf(measured.interval?.low, measured.interval?.high) +
                    if (sweep.compares) listOf(p[i][row]) else emptyList()
            figures.map { it?.toString().orEmpty() }
        }

    /** A row for each run. */
    fun runsCsv(): String {
        val header = listOf("cell") + sweep.axes + listOf("seed", "status", "step") + measures
        val body =
            results.map { result ->
                val cell = result.run.cell
                listOf(cell.folder) +
                    cell.labels.values +
                    listOf("${result.run.seed}", result.status, "${result.lastStep}") +
                    measures.map { result.figures[it]?.toString().orEmpty() }
            }
        return csv(listOf(header) + body)
    }

    /** A row for each cell, with fewer digits and aligned columns. */
    fun text(): String {
        val axes = sweep.axes.ifEmpty { listOf("cell") }
        val header =
            axes +
                listOf("n", "failures") +
                measures.flatMap { m ->
                    listOf(m, "sd", "95 %") + if (sweep.compares) listOf("p") else emptyList()
                }
        val body =
            rows.map { row ->
                start(row, null) +
                    row.measured.flatMapIndexed { i, measured -> short(measured, p[i][row]) }
            }
        val right = header.indices.toSet() - axes.indices.toSet()
        return columns(listOf(header) + body, right)
    }

    private fun short(measured: Measured, p: Double?): List<String> {
        val interval =
            measured.interval?.let {
                "[${ProgressLines.figure(it.low)}, ${ProgressLines.figure(it.high)}]"
            }
        return listOf(short(measured.mean), short(measured.deviation), interval ?: NOTHING) +
            if (sweep.compares) listOf(short(p)) else emptyList()
    }

    private fun short(figure: Double?) = figure?.let(ProgressLines::figure) ?: NOTHING

    private fun start(row: Row, folder: String?): List<String> {
        val own = of(row.cell)
        val complete = own.count { it.isComplete }
        val good = own.count { it.isGood }
        val name =
            if (folder != null) listOf(folder)
            else if (sweep.axes.isEmpty()) listOf(row.cell.title) else emptyList()
        return name + row.cell.labels.values + listOf("$complete", "${own.size - good}")
    }

    private companion object {
        const val ENOUGH = 3
        const val LEVEL = 0.95
        const val RESAMPLES = 10_000
        const val NOTHING = "-"
    }
}

/** Lines of values separated by commas, quoted as in RFC 4180 if necessary. */
private fun csv(rows: List<List<String>>): String =
    rows.joinToString("") { row ->
        row.joinToString(",", postfix = "\n") { cell ->
            if (cell.any { it in ",\"\r\n" }) "\"${cell.replace("\"", "\"\"")}\"" else cell
        }
    }
