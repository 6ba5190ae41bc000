package dev.sparring.dsl.claim

import dev.sparring.dsl.ComparisonTest
import dev.sparring.statistics.FisherTest
import dev.sparring.statistics.RankTest
import dev.sparring.statistics.RateTest
import dev.sparring.statistics.SignedRankTest
import dev.sparring.statistics.TrendTest

/** What rules can decide with a number of seeds, before anything is trained. */
public object RuleReach {
    private const val MOST = 200

    /**
     * The smallest p-value that a rule can have; null for one that is decided by an interval
     * instead.
     */
    @JvmStatic
    public fun smallest(rule: Rule, seeds: Int): Double? =
        when (rule) {
            is Better -> smallest(rule.test, seeds)
            is Equal -> smallest(rule.test, seeds)
            is FewerFailures -> FisherTest.twoSided(seeds, seeds, 0, seeds)
            is FailureRate -> RateTest.smallest(seeds, rule.bound.value)
            is Trend -> TrendTest.smallest(rule.cells.size, seeds)
            is Value -> RateTest.smallest(seeds, HALF)
            is Share -> null
        }

    /** How many seeds it takes for all of some rules to be decided; null if more than 200. */
    @JvmStatic
    public fun needed(rules: List<Rule>, level: Double): Int? =
        (1..MOST).firstOrNull { seeds ->
            rules.all { rule -> (smallest(rule, seeds) ?: 0.0) * rules.size <= level }
        }

    private fun smallest(test: ComparisonTest, seeds: Int) =
        if (test == ComparisonTest.PAIRED) SignedRankTest.smallest(seeds)
        else RankTest.smallest(seeds, seeds)

    private const val HALF = 0.5
}
