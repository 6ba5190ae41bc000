package dev.sparring.cli.sweep

import dev.sparring.cli.ProgressLines
import dev.sparring.cli.columns
import dev.sparring.dsl.ComparisonTest
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.run.RunOverview
import dev.sparring.statistics.Interval

/**
 * The results of a sweep, cell by cell: how many runs survived and how many failed, with an
 * interval; for each measure the mean over the runs that survived, the standard deviation, a 95 %
 * interval and the cell's rank; and, if the sweep compares, the probability that a run is better
 * than one of the baseline, and the p-value.
 *
 * Random numbers are drawn from streams named by cell and measure, so the table is reproducible.
 * Fewer than three values have neither interval nor p-value. P-values are corrected over all
 * comparisons of the table.
 */
internal class SweepTable(private val sweep: Sweep, private val results: List<SweepResult>) {
    private val cells =
        sweep.cells.map { cell -> CellResults(cell, results.filter { it.run.cell === cell }) }
    private val comparisons = Comparisons(sweep, cells)
    private val columns = sweep.measures.map { MeasureColumns(sweep, cells, comparisons, it) }

    /** Whose luck the figures are, if the sweep crosses seeds. */
    val components = SeedComponents(sweep, cells)

    /** A row for each cell. */
    fun csv(): String {
        val counts =
            listOf("n", "failures", "runs", "failures_lo95", "failures_hi95") +
                listOf("failures_p").filter { sweep.compares } +
                "retried"
        val header =
            listOf("cell") + sweep.axes + counts + columns.flatMap { column -> column.names }
        return csv(
            listOf(header) +
                cells.mapIndexed { i, own ->
                    listOf(own.cell.folder) +
                        own.cell.labels.values +
                        counts(own) +
                        columns.flatMap { it.figures(i) }
                }
        )
    }

    private fun counts(own: CellResults): List<String> {
        val interval = own.failureInterval
        val p = comparisons.failures(own.cell)
        return listOf(own.survived, own.failures, own.runs.size, interval.low, interval.high).map {
            "$it"
        } + listOf(p?.toString().orEmpty()).filter { sweep.compares } + "${own.retried}"
    }

    /** A row for each run. */
    fun runsCsv(): String = RunRows.csv(sweep, results)

    /** A row for each cell, with fewer digits and aligned columns, and what they mean. */
    fun text(): String {
        val axes = sweep.axes.ifEmpty { listOf("cell") }
        val isRetried = cells.any { it.retried > 0 }
        val counts =
            listOf("survived", "failed", "95 %") +
                listOf("p").filter { sweep.compares } +
                listOf("retried").filter { isRetried }
        val header = axes + counts + columns.flatMap { it.heading }
        val body =
            cells.mapIndexed { i, own ->
                own.cell.labels.values.ifEmpty { listOf(own.cell.title) } +
                    listOf("${own.survived} of ${own.runs.size}", "${own.failures}") +
                    short(own.failureInterval) +
                    listOf(short(comparisons.failures(own.cell))).filter { sweep.compares } +
                    listOf("${own.retried}").filter { isRetried } +
                    columns.flatMap { it.short(i) }
            }
        val right = header.indices.toSet() - axes.indices.toSet()
        return columns(listOf(header) + body, right) + notes().joinToString("") { "$it\n" }
    }

    /** Where runs were measured by other classifiers, other networks, or on other data. */
    private fun mixed(): String? {
        val ways =
            results
                .groupBy { RunOverview.of(it.run.directory).conditions.map(::withoutSeed) }
                .filterKeys { it.isNotEmpty() }
        // An axis may vary it, and then its cells are what differs.
        if (ways.size < 2 || sweep.axes.any { it.startsWith("evaluate") }) return null
        val list = ways.map { (way, runs) -> "${way.joinToString("; ")} (${runs.size} runs)" }
        return "figures of samples were measured in ${ways.size} ways and do not compare: " +
            list.joinToString("; ")
    }

    private fun withoutSeed(condition: String) = condition.replace(SEED, "")

    private fun notes(): List<String> {
        val lost = cells.any { it.survived < it.runs.size }
        val comparison = sweep.comparison
        val test =
            when (comparison?.test) {
                null -> null
                ComparisonTest.WORST_RANK -> "by ranks, a failed run being worse than every figure"
                ComparisonTest.PAIRED -> "by ranks of differences between runs of a seed"
                ComparisonTest.MEAN -> "of the means of the runs that survived"
            }
        val left = sweep.measures - comparison?.figures.orEmpty().toSet()
        return listOfNotNull(
            "means, sd and their 95 % are of the runs that survived".takeIf { lost },
            "retried: runs that diverged and went on from a checkpoint"
                .takeIf { cells.any { own -> own.retried > 0 } },
            "rank: by the median, a failed run being worse than every figure"
                .takeIf { columns.any { "rank" in it.heading } },
            "better: how probable it is that a run is better than one of the baseline, with 95 %"
                .takeIf { columns.any { "better" in it.heading } },
            test?.let {
                "p: $it; failures by Fisher's test; Holm's correction over ${comparisons.count} " +
                    "comparisons"
            },
            mixed(),
            "not compared: ${left.joinToString(", ")}"
                .takeIf { comparison != null && left.isNotEmpty() },
        )
    }
}

private val SEED = Regex(", seed -?\\d+")

/** The columns of one measure, in files and in text. */
private class MeasureColumns(
    sweep: Sweep,
    private val cells: List<CellResults>,
    private val comparisons: Comparisons,
    private val measure: String,
) {
    private val measured = cells.map { it.measured(measure) }
    private val isCompared = sweep.comparison != null && measure in sweep.comparison!!.figures
    private val isDirected = measure in sweep.directions
    private val ranks =
        if (isDirected && cells.size > 1) Ranking.of(sweep, cells, measure) else null
    private val hasRanks = isDirected && cells.size > 1
    private val hasBetter = isCompared && isDirected

    val names: List<String> =
        (listOf("mean", "sd", "lo95", "hi95") +
                listOf("rank").filter { hasRanks } +
                listOf("better", "better_lo95", "better_hi95").filter { hasBetter } +
                listOf("p").filter { isCompared })
            .map { "${measure}_$it" }

    val heading: List<String> =
        listOf(measure, "sd", "95 %") +
            listOf("rank").filter { hasRanks } +
            listOf("better", "95 %").filter { hasBetter } +
            listOf("p").filter { isCompared }

    fun figures(row: Int): List<String> {
        val own = measured[row]
        val better = comparisons.improvement(cells[row].cell, measure)
        val figures: List<Number?> =
            listOf(own.mean, own.deviation, own.interval?.low, own.interval?.high) +
                listOf(ranks?.get(row)).filter { hasRanks } +
                listOf(better?.probability, better?.interval?.low, better?.interval?.high).filter {
                    hasBetter
                } +
                listOf(comparisons.p(cells[row].cell, measure)).filter { isCompared }
        return figures.map { it?.toString().orEmpty() }
    }

    fun short(row: Int): List<String> {
        val own = measured[row]
        val better = comparisons.improvement(cells[row].cell, measure)
        val lost = own.values.size < cells[row].runs.size
        val of = if (lost && own.mean != null) " of ${own.values.size} that survived" else ""
        return listOf(short(own.mean) + of, short(own.deviation), short(own.interval)) +
            listOf(ranks?.get(row)?.toString() ?: NOTHING).filter { hasRanks } +
            listOf(short(better?.probability), short(better?.interval)).filter { hasBetter } +
            listOf(short(comparisons.p(cells[row].cell, measure))).filter { isCompared }
    }
}

internal const val NOTHING = "-"

internal fun short(figure: Double?) = figure?.let(ProgressLines::figure) ?: NOTHING

internal fun short(interval: Interval?) =
    interval?.let { "[${ProgressLines.figure(it.low)}, ${ProgressLines.figure(it.high)}]" }
        ?: NOTHING

/** Lines of values separated by commas, quoted as in RFC 4180 if necessary. */
internal fun csv(rows: List<List<String>>): String =
    rows.joinToString("") { row ->
        row.joinToString(",", postfix = "\n") { cell ->
            if (cell.any { it in ",\"\r\n" }) "\"${cell.replace("\"", "\"\"")}\"" else cell
        }
    }
