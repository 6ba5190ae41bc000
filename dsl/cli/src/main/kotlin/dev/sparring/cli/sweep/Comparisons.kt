package dev.sparring.cli.sweep

import dev.sparring.dsl.ComparisonTest
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.dsl.sweep.SweepCell
import dev.sparring.dsl.sweep.SweepComparison
import dev.sparring.statistics.Bootstrap
import dev.sparring.statistics.FisherTest
import dev.sparring.statistics.Holm
import dev.sparring.statistics.Interval
import dev.sparring.statistics.PermutationTest
import dev.sparring.statistics.RankTest
import dev.sparring.statistics.SignedRankTest

/**
 * The comparisons of a sweep's cells with their baselines: figures by the sweep's test, failures by
 * Fisher's. The p-values of all of them together have Holm's correction.
 */
internal class Comparisons(private val sweep: Sweep, private val cells: List<CellResults>) {
    /** How a cell compares in one measure, or in failures if that is null. */
    private data class Key(val cell: SweepCell, val measure: String?)

    /** How probable it is that a run of a cell is better than one of its baseline. */
    class Improvement(val probability: Double, val interval: Interval)

    private val improvements = mutableMapOf<Key, Improvement>()
    private val adjusted: Map<Key, Double>

    init {
        val raw = mutableMapOf<Key, Double>()
        val comparison = sweep.comparison
        if (comparison != null) {
            for (own in cells) {
                val baseline = sweep.baselineOf(own.cell) ?: continue
                compare(comparison, own, cells.first { it.cell === baseline }, raw)
            }
        }
        adjusted = raw.keys.zip(Holm.adjust(raw.values.toDoubleArray()).toList()).toMap()
    }

    /** How many p-values there are. */
    val count: Int
        get() = adjusted.size

    /** The p-value of a cell's figure, corrected; null if it is not compared. */
    fun p(cell: SweepCell, measure: String): Double? = adjusted[Key(cell, measure)]

    /** The p-value of a cell's failures, corrected. */
    fun failures(cell: SweepCell): Double? = adjusted[Key(cell, null)]

    fun improvement(cell: SweepCell, measure: String): Improvement? =
        improvements[Key(cell, measure)]

    private fun compare(
        comparison: SweepComparison,
        own: CellResults,
        other: CellResults,
        raw: MutableMap<Key, Double>,
    ) {
        if (own.runs.size < ENOUGH) return
        raw[Key(own.cell, null)] =
            FisherTest.twoSided(own.failures, own.runs.size, other.failures, other.runs.size)
        for (measure in comparison.figures) {
            val key = Key(own.cell, measure)
            improvement(own, other, measure)?.let { improvements[key] = it }
            p(comparison.test, own, other, measure)?.let { raw[key] = it }
        }
    }

    private fun improvement(own: CellResults, other: CellResults, measure: String): Improvement? {
        val (a, b) = scores(own, other, measure) ?: return null
        val stream = own.stream("improvement", measure)
        return Improvement(
            RankTest.improvement(a, b),
            Bootstrap.improvement(a, b, LEVEL, RESAMPLES, stream),
        )
    }

    private fun p(
        test: ComparisonTest,
        own: CellResults,
        other: CellResults,
        measure: String,
    ): Double? =
        when (test) {
            ComparisonTest.MEAN -> means(own, other, measure)
            ComparisonTest.WORST_RANK ->
                scores(own, other, measure)?.let { (a, b) -> RankTest.twoSided(a, b) }
            ComparisonTest.PAIRED ->
                scores(own, other, measure)?.let { (a, b) -> SignedRankTest.twoSided(a, b) }
        }

    private fun means(own: CellResults, other: CellResults, measure: String): Double? {
        val (a, b) = own.measured(measure) to other.measured(measure)
        if (!a.isEnough || !b.isEnough) return null
        return PermutationTest.twoSided(a.values, b.values, own.stream("permutation", measure))
    }

    /** Of both; null if their direction is not known, or a run that survived has no such figure. */
    private fun scores(own: CellResults, other: CellResults, measure: String) =
        sweep.directions[measure]
            ?.takeIf { own.measured(measure).isWhole && other.measured(measure).isWhole }
            ?.let { own.measured(measure).scores(it) to other.measured(measure).scores(it) }
}
