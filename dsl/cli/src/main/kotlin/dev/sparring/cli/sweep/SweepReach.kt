package dev.sparring.cli.sweep

import dev.sparring.cli.ProgressLines
import dev.sparring.dsl.ComparisonTest
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.statistics.FisherTest
import dev.sparring.statistics.RankTest
import dev.sparring.statistics.SignedRankTest

/** What a sweep's comparisons can show with its seeds, before anything is trained. */
internal object SweepReach {
    private const val ALPHA = 0.05
    private const val MANY = 0.5
    private const val FEW = 0.1
    private const val MOST_SEEDS = 200
    private const val GOOD = 0.8

    /** Lines for the user; none if the sweep compares nothing. */
    fun lines(sweep: Sweep): List<String> {
        val comparison = sweep.comparison ?: return emptyList()
        val compared = sweep.cells.count { sweep.baselineOf(it) != null }
        val tests = compared * (comparison.figures.size + 1)
        val seeds = sweep.seeds.size
        if (tests == 0) return emptyList()
        if (seeds < ENOUGH) {
            return listOf(
                "comparisons: none; p-values need at least $ENOUGH seeds, these are $seeds"
            )
        }
        val smallest = smallest(comparison.test, seeds)
        val corrected = minOf(1.0, smallest * tests)
        val start = "comparisons: $tests (${cells(compared)}, ${figures(comparison.figures.size)})"
        return listOf(
            "$start; the smallest p with $seeds seeds is ${short(smallest)}, " +
                "${short(corrected)} after Holm's correction" +
                if (corrected > ALPHA) needed(comparison.test, tests) else "",
            "failures: rates of .5 and .1 are told apart with power " +
                "${power(seeds, ALPHA)}, ${power(seeds, ALPHA / tests)} after the correction" +
                more(seeds),
        )
    }

    private fun cells(count: Int) = if (count == 1) "1 cell" else "$count cells"

    private fun figures(count: Int) =
        if (count == 1) "1 figure and failures" else "$count figures and failures"

    private fun smallest(test: ComparisonTest, seeds: Int) =
        if (test == ComparisonTest.PAIRED) SignedRankTest.smallest(seeds)
        else RankTest.smallest(seeds, seeds)

    private fun needed(test: ComparisonTest, tests: Int): String {
        val enough = (ENOUGH..MOST_SEEDS).first { smallest(test, it) * tests <= ALPHA }
        return ": no figure can fall below .05; $enough seeds can, or fewer figures"
    }

    /** How many seeds give a power of .8, if these do not. */
    private fun more(seeds: Int): String {
        val enough = (ENOUGH..MOST_SEEDS).first { FisherTest.power(it, MANY, FEW, ALPHA) >= GOOD }
        if (seeds >= enough) return ""
        return "; power .8 takes $enough seeds"
    }

    /** With more seeds than that it takes long and is nearly 1. */
    private fun power(seeds: Int, alpha: Double) =
        short(FisherTest.power(minOf(seeds, MOST_SEEDS), MANY, FEW, alpha))

    private fun short(figure: Double) = ProgressLines.figure(figure)
}
