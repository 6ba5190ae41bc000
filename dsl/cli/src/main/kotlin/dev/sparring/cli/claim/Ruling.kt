package dev.sparring.cli.claim

import dev.sparring.dsl.claim.Rule
import dev.sparring.statistics.Interval

/** What is known about a claim, or a part of it. */
internal enum class Verdict(val word: String) {
    HOLDS("holds"),
    FAILS("does not hold"),
    UNDECIDED("undecided");

    companion object {
        /** Of a claim whose parts all have to hold. */
        fun ofAll(parts: List<Verdict>): Verdict =
            when {
                FAILS in parts -> FAILS
                UNDECIDED in parts -> UNDECIDED
                else -> HOLDS
            }
    }
}

/**
 * What the results say about a rule.
 *
 * @param name of the estimate: difference, rate, ...
 * @param estimate null where there is none
 * @param interval of the estimate; null where there is none
 * @param p the two-sided p-value; null where the interval decides
 * @param leaning above 0 if the results lean to the rule, below 0 if against it
 * @param note what else there is to say
 */
internal class Evidence(
    val name: String,
    val estimate: Double?,
    val interval: Interval?,
    val p: Double?,
    val leaning: Int,
    val note: String,
)

/**
 * A rule with its verdict.
 *
 * @param corrected the p-value after Holm's correction; null where the interval decides
 */
internal class Ruling(
    val rule: Rule,
    val evidence: Evidence,
    val corrected: Double?,
    val verdict: Verdict,
)
