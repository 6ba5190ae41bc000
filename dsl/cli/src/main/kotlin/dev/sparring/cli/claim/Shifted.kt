package dev.sparring.cli.claim

import dev.sparring.statistics.HodgesLehmann
import dev.sparring.statistics.Interval
import dev.sparring.statistics.RankTest
import dev.sparring.statistics.SignedRankTest

/**
 * How far the scores of one cell lie from those of another, lower ones being better: by ranks, so
 * that a run that failed, which is infinite, is worse than every figure. The test of a limit is
 * that of equality after the one cell's scores are shifted by it.
 */
internal class Shifted(
    private val own: DoubleArray,
    private val other: DoubleArray,
    private val arePaired: Boolean,
) {
    /** The probability that a run of the first is better than one of the second. */
    val improvement: Double = RankTest.improvement(own, other)

    /** The difference with its interval. */
    fun estimate(level: Double): HodgesLehmann.Shift =
        if (arePaired) HodgesLehmann.ofPairs(own, other, level)
        else HodgesLehmann.ofTwo(own, other, level)

    /**
     * The p-value of a limit, and 1 if the difference leans below it, -1 if above, 0 if neither.
     */
    fun against(limit: Double): Pair<Double, Int> {
        val moved = DoubleArray(own.size) { own[it] - limit }
        val p =
            if (arePaired) SignedRankTest.twoSided(moved, other)
            else RankTest.twoSided(moved, other)
        val leaning =
            if (arePaired) -HodgesLehmann.ofPairs(moved, other, HALF).shift.compareTo(0.0)
            else RankTest.improvement(moved, other).compareTo(HALF)
        return p to leaning
    }

    companion object {
        private const val HALF = 0.5

        /** The middle value; of an even number the mean of the middle two. */
        fun median(values: DoubleArray): Double {
            val sorted = values.sorted()
            val (low, high) = sorted[(sorted.size - 1) / 2] to sorted[sorted.size / 2]
            return if (low == high) low else (low + high) / 2
        }
    }
}

/** The interval of the opposite number. */
internal fun turned(interval: Interval) = Interval(opposite(interval.high), opposite(interval.low))

/** Without a zero below zero. */
internal fun opposite(value: Double) = 0.0 - value
