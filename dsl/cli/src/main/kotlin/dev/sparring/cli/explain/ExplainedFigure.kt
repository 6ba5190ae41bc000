package dev.sparring.cli.explain

import dev.sparring.cli.sweep.CellResults
import dev.sparring.cli.sweep.ENOUGH
import dev.sparring.cli.sweep.LEVEL
import dev.sparring.cli.sweep.SweepResult
import dev.sparring.dsl.explain.Explanation
import dev.sparring.metric.Direction
import dev.sparring.random.Seed
import dev.sparring.statistics.Contributions
import dev.sparring.statistics.RankTest

/**
 * What each move contributes to the difference in one figure, in three ways:
 * - to the mean over the runs that survived; runs that failed are left out of it
 * - to the probability that a run is better than one of A, where a run that failed is worse than
 *   every figure, and equal to another that failed
 * - to the share of runs that failed
 */
internal class ExplainedFigure(
    private val plan: Explanation,
    results: List<SweepResult>,
    val figure: String,
) {
    val direction: Direction = plan.sweep.directions.getValue(figure)
    private val cells =
        plan.sweep.cells.map { cell -> CellResults(cell, results.filter { it.run.cell === cell }) }
    private val places = plan.sets.map { checkNotNull(plan.cell(it)) }

    /** By cell and seed: the figure, NaN where the run failed or has none. */
    private val values =
        cells.map { cell ->
            cell.runs.map { it.figures[figure]?.takeIf(Double::isFinite) ?: Double.NaN }
        }

    /** The same, lower ones being better, and the worst of all where there is none. */
    private val scores = cells.map { it.measured(figure).scores(direction) }

    private val failed = cells.map { cell -> cell.runs.map { if (it.isGood) 0.0 else 1.0 } }

    /** Runs that survived without a finite figure. */
    val missing: Int =
        cells.sumOf { cell ->
            cell.runs.count { it.isComplete && it.figures[figure]?.isFinite() != true }
        }

    /** Whether any run failed. */
    val hasFailures: Boolean = cells.any { it.failures > 0 }

    /** Titles of cells none of whose runs has the figure. */
    val without: List<String> =
        cells.indices.filter { i -> values[i].all(Double::isNaN) }.map { cells[it].cell.title }

    /** Null if a cell has no figure at all. */
    val mean: Contributions? = contributions("mean") { cell, seeds -> mean(values[cell], seeds) }

    /** Null if runs that survived lack the figure, so that they cannot be ranked. */
    val better: Contributions? =
        if (missing > 0) null else contributions("better") { cell, seeds -> better(cell, seeds) }

    val failures: Contributions =
        checkNotNull(contributions("failures") { cell, seeds -> mean(failed[cell], seeds) })

    val start: Side = Side(cells[place(0)], figure)
    val end: Side = Side(cells[place(plan.sets.last())], figure)

    /** One of both recipes. */
    class Side(results: CellResults, figure: String) {
        val runs: Int = results.runs.size
        val survived: Int = results.survived
        val failures: Int = results.failures
        val mean: Double? = results.measured(figure).mean
    }

    /** What a move does to the mean by itself, from A; null if that was not trained. */
    fun alone(move: Int): Double? = step(0, 1L shl move)

    /** What it does to the mean when all others are made already. */
    fun last(move: Int): Double? {
        val all = plan.sets.last()
        return step(all and (1L shl move).inv(), all)
    }

    private fun step(from: Long, to: Long): Double? {
        val (before, after) =
            listOf(from, to).map { set -> plan.cell(set)?.let { mean(values[it]) } }
        if (before == null || after == null) return null
        return (after - before).takeUnless(Double::isNaN)
    }

    private fun place(set: Long) = checkNotNull(plan.cell(set))

    private fun contributions(what: String, result: (Int, IntArray) -> Double): Contributions? =
        Contributions.of(
            plan.orders,
            plan.arePairs,
            plan.moves.size,
            plan.sweep.seeds.size,
            { seeds ->
                // Cells may be shared by sets.
                val found = cells.indices.map { result(it, seeds) }
                places.map { found[it] }.toDoubleArray()
            },
            LEVEL,
            RESAMPLES,
            Seed(0).stream("explain $what $figure"),
        )

    private fun mean(
        values: List<Double>,
        seeds: IntArray = values.indices.toList().toIntArray(),
    ): Double {
        var sum = 0.0
        var count = 0
        for (seed in seeds) {
            val value = values[seed]
            if (value.isNaN()) continue
            sum += value
            count++
        }
        return if (count == 0) Double.NaN else sum / count
    }

    private fun better(cell: Int, seeds: IntArray): Double {
        val (own, a) =
            listOf(cell, place(0)).map { i -> seeds.map { scores[i][it] }.toDoubleArray() }
        return RankTest.improvement(own, a)
    }

    companion object {
        const val RESAMPLES = 2000

        /** Fewer seeds have no intervals. */
        const val SEEDS_FOR_INTERVALS = ENOUGH
    }
}
