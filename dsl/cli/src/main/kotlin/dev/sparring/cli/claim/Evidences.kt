package dev.sparring.cli.claim

import dev.sparring.cli.ProgressLines.Companion.figure
import dev.sparring.cli.sweep.CellResults
import dev.sparring.dsl.ComparisonTest
import dev.sparring.dsl.claim.Better
import dev.sparring.dsl.claim.Bound
import dev.sparring.dsl.claim.Claim
import dev.sparring.dsl.claim.Equal
import dev.sparring.dsl.claim.FailureRate
import dev.sparring.dsl.claim.FewerFailures
import dev.sparring.dsl.claim.Rule
import dev.sparring.dsl.claim.Share
import dev.sparring.dsl.claim.Trend
import dev.sparring.dsl.claim.Value
import dev.sparring.dsl.sweep.SweepCell
import dev.sparring.metric.Direction
import dev.sparring.random.Seed
import dev.sparring.statistics.FisherTest
import dev.sparring.statistics.RateTest
import dev.sparring.statistics.TrendTest
import dev.sparring.statistics.VarianceComponents

/** Reads what the results of a claim's sweep say about its rules, each by itself. */
internal class Evidences(private val claim: Claim, private val cells: List<CellResults>) {
    private val level = 1 - claim.level

    /** Shares have no p-value to correct: their intervals are wider instead. */
    private val shareLevel = 1 - claim.level / claim.rules.count { it is Share }.coerceAtLeast(1)

    fun of(rule: Rule): Evidence {
        val figure = rule.figure
        val lacking = figure?.let(::lacking) ?: 0
        if (lacking > 0 && rule !is Share) {
            val note = "$lacking runs completed without $figure"
            return Evidence("none", null, null, 1.0, 0, note)
        }
        return when (rule) {
            is Better -> better(rule)
            is Equal -> equal(rule)
            is FewerFailures -> fewerFailures(rule)
            is FailureRate -> failureRate(rule)
            is Trend -> trend(rule)
            is Value -> value(rule)
            is Share -> share(rule)
        }
    }

    private fun lacking(figure: String) =
        cells.sumOf { it.survived - it.measured(figure).values.size }

    private fun results(cell: SweepCell) = cells.first { it.cell === cell }

    private fun better(rule: Better): Evidence {
        val two = Two(rule.figure, rule.direction, rule.test, rule.cell, rule.than)
        val (p, leaning) = two.beyond(-rule.by)
        return Evidence("difference", two.difference, two.interval, p, leaning, two.note)
    }

    private fun equal(rule: Equal): Evidence {
        val two = Two(rule.figure, rule.direction, rule.test, rule.cell, rule.than)
        val (pUpper, below) = two.beyond(rule.within)
        val (pLower, aboveTurned) = two.beyond(-rule.within)
        // Inside: below the upper limit and above the lower one. Outside it is beyond one of them.
        val (p, leaning) =
            when {
                below > 0 && aboveTurned < 0 -> maxOf(pUpper, pLower) to 1
                below < 0 -> pUpper to -1
                aboveTurned > 0 -> pLower to -1
                else -> 1.0 to 0
            }
        return Evidence("difference", two.difference, two.interval, p, leaning, two.note)
    }

    /** Two cells' scores, of which lower ones are better. */
    private inner class Two(
        private val figure: String,
        private val direction: Direction,
        test: ComparisonTest,
        cell: SweepCell,
        than: SweepCell,
    ) {
        private val own = results(cell)
        private val other = results(than)
        private val shift =
            Shifted(
                own.measured(figure).scores(direction),
                other.measured(figure).scores(direction),
                test == ComparisonTest.PAIRED,
            )
        private val found = shift.estimate(level)

        val difference = turned(found.shift)
        val interval = if (direction == Direction.LOWER) found.interval else turned(found.interval)
        val note =
            "median ${median(own)} against ${median(other)}, better in " +
                "${figure(100 * shift.improvement)} % of pairs; failed ${failed(own)} and " +
                failed(other)

        /** Whether the score's difference is below a limit (1) or above it (-1), and its p. */
        fun beyond(limit: Double): Pair<Double, Int> = shift.against(limit)

        private fun median(results: CellResults) =
            short(turned(Shifted.median(results.measured(figure).scores(direction))))

        private fun turned(score: Double) =
            if (direction == Direction.LOWER) score else opposite(score)
    }

    private fun fewerFailures(rule: FewerFailures): Evidence {
        val (own, other) = results(rule.cell) to results(rule.than)
        val p = FisherTest.twoSided(own.failures, own.runs.size, other.failures, other.runs.size)
        val difference =
            own.failures.toDouble() / own.runs.size - other.failures.toDouble() / other.runs.size
        val leaning = -difference.compareTo(0.0)
        val note = "failed ${failed(own)} against ${failed(other)}"
        return Evidence("difference of rates", difference, null, p, leaning, note)
    }

    private fun failureRate(rule: FailureRate): Evidence {
        val own = results(rule.cell)
        val rate = own.failures.toDouble() / own.runs.size
        val p = RateTest.twoSided(own.failures, own.runs.size, rule.bound.value)
        val leaning = rate.compareTo(rule.bound.value) * sign(rule.bound)
        val note = "failed ${failed(own)}"
        return Evidence("rate", rate, own.failureInterval, p, leaning, note)
    }

    private fun trend(rule: Trend): Evidence {
        val groups = rule.cells.map { results(it).measured(rule.figure).scores(rule.direction) }
        val stream = Seed(0).stream("claim trend ${rule.figure} ${rule.along}")
        val p = TrendTest.twoSided(stream, *groups.toTypedArray())
        val worse = TrendTest.rise(*groups.toTypedArray())
        val turn = if (rule.direction == Direction.LOWER) 1 else -1
        val medians = groups.map { short(turn * Shifted.median(it)) }
        val towards = if (rule.becomesBetter) 1 - worse else worse
        val note = "medians ${medians.joinToString(", ")} along ${rule.along}"
        return Evidence("pairs that go so", towards, null, p, towards.compareTo(0.5), note)
    }

    private fun value(rule: Value): Evidence {
        val own = results(rule.cell)
        // A failed run is on the wrong side of the limit.
        val direction = if (rule.bound.isLeast) Direction.HIGHER else Direction.LOWER
        val scores = own.measured(rule.figure).scores(direction)
        val turn = if (rule.bound.isLeast) -1 else 1
        val values = scores.map { turn * it }.toDoubleArray()
        val right = scores.count { it <= turn * rule.bound.value }
        val p = RateTest.twoSided(right, values.size, HALF)
        val note = "$right of ${values.size} runs; failed ${failed(own)}"
        return Evidence(
            "median",
            Shifted.median(values),
            RateTest.median(values, level),
            p,
            (2 * right).compareTo(values.size),
            note,
        )
    }

    private fun share(rule: Share): Evidence {
        // Cells and runs are in the order of axes and seeds, the last turning fastest.
        val runs = rule.cells.flatMap { results(it).runs }
        val values = runs.map { it.figures[rule.figure]?.takeIf(Double::isFinite) ?: Double.NaN }
        val stream = Seed(0).stream("claim share ${rule.figure} ${rule.among}")
        val components =
            VarianceComponents.of(rule.levels.toIntArray(), values.toDoubleArray())
                ?.components(shareLevel, RESAMPLES, stream)
        val survived = values.count { !it.isNaN() }
        val of = "of $survived of ${runs.size} runs"
        if (components == null) return Evidence("share", null, null, null, 0, "too few: $of")
        fun sources(component: VarianceComponents.Component) =
            rule.name(component.sources.map { rule.among[it] })
        val own = components.first { sources(it) == rule.name(rule.source) }
        val interval = own.interval
        val isBelow = interval != null && interval.high <= rule.bound.value
        val leaning =
            when {
                interval != null && interval.low >= rule.bound.value -> sign(rule.bound)
                isBelow && rule.hasUpperEnd -> -sign(rule.bound)
                else -> 0
            }
        val all = components.joinToString(", ") { "${sources(it)} ${figure(it.share)}" }
        val note = if (isBelow && !rule.hasUpperEnd) "; ${rule.upperEnd}" else ""
        return Evidence("share", own.share, interval, null, leaning, "$all; $of$note")
    }

    /** 1 where more is what the claim says. */
    private fun sign(bound: Bound) = if (bound.isLeast) 1 else -1

    private fun failed(own: CellResults) = "${own.failures} of ${own.runs.size}"

    private companion object {
        const val HALF = 0.5
        const val RESAMPLES = 2000
    }
}

internal fun short(value: Double): String = if (value.isFinite()) figure(value) else "failed"
