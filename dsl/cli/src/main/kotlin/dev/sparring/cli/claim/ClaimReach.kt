package dev.sparring.cli.claim

import dev.sparring.cli.ProgressLines.Companion.figure
import dev.sparring.cli.sweep.SweepRun
import dev.sparring.dsl.claim.Claim
import dev.sparring.dsl.claim.RuleReach
import dev.sparring.dsl.claim.Share
import dev.sparring.run.MetricsTable
import dev.sparring.run.RunDirectory
import java.nio.file.Files
import java.util.Locale

/** What a claim costs and what its rules can decide, before anything is trained. */
internal object ClaimReach {
    fun lines(claim: Claim, runs: List<Pair<SweepRun, SweepRun.State>>): List<String> =
        listOf(cost(runs)) +
            claim.rules.map { rule ->
                val smallest = RuleReach.smallest(rule, claim.sweep.seeds.size)
                val reach =
                    if (rule is Share && !rule.hasUpperEnd)
                        "decided by its interval; ${rule.upperEnd}"
                    else if (smallest == null) "decided by its interval"
                    else
                        "the smallest p is ${figure(smallest)}, " +
                            "${figure(minOf(1.0, smallest * claim.rules.size))} after Holm's " +
                            "correction; the level is ${claim.level}"
                "${rule.word}: ${rule.text}: $reach"
            }

    private fun cost(runs: List<Pair<SweepRun, SweepRun.State>>): String {
        val steps = runs.sumOf { it.first.recipe.train.steps.toLong() }
        val open = runs.filter { it.second != SweepRun.State.OVER }
        val left = open.sumOf { it.first.recipe.train.steps.toLong() }
        val all = "cost: ${runs.size} runs, %,d steps".format(Locale.ROOT, steps)
        val over = runs.filter { it.second == SweepRun.State.OVER }.map { it.first }
        val done = over.sumOf { it.recipe.train.steps.toLong() }
        if (open.isEmpty()) return "$all; all are finished"
        if (done == 0L) return "$all; how long a step takes is not known before the first run"
        val minutes = over.sumOf { seconds(it.directory) } / done * left / SECONDS
        return "$all; ${open.size} runs are left, some ${figure(minutes)} minutes at the pace so far"
    }

    /** How long a run has trained. */
    fun seconds(run: RunDirectory): Double {
        // A run that diverged at once has no rows.
        if (!Files.exists(run.metrics())) return 0.0
        var seconds = 0.0
        MetricsTable.read(run, { seconds = maxOf(seconds, it.seconds) }, {})
        return seconds
    }

    const val SECONDS = 60
}
