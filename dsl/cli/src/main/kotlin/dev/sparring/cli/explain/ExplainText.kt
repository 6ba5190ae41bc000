package dev.sparring.cli.explain

import dev.sparring.cli.columns
import dev.sparring.cli.sweep.NOTHING
import dev.sparring.cli.sweep.csv
import dev.sparring.cli.sweep.short
import dev.sparring.dsl.explain.Explanation
import dev.sparring.statistics.Contributions
import dev.sparring.statistics.Contributions.Estimate

/** The contributions as tables for a terminal, and what they mean. */
internal class ExplainText(
    private val plan: Explanation,
    private val figures: List<ExplainedFigure>,
) {
    fun text(): String =
        figures.joinToString("") { "\n" + heading(it) + "\n" + table(it) } +
            notes().joinToString("") { "$it\n" }

    private fun heading(of: ExplainedFigure): String =
        "${of.figure} (${of.direction.word()} is better): A ${side(of.start)}, B ${side(of.end)}"

    private fun side(side: ExplainedFigure.Side): String =
        short(side.mean) +
            if (side.survived < side.runs) " of ${side.survived} of ${side.runs} that survived"
            else ""

    private fun table(of: ExplainedFigure): String {
        val header =
            listOf("move", "") +
                listOf(of.figure, "95 %", "alone", "last", "better", "95 %", "failed", "95 %")
        val rows =
            plan.moves.mapIndexed { i, move ->
                listOf("${move.number}", move.title) +
                    pair(of.mean?.changes?.get(i)) +
                    listOf(short(of.alone(i)), short(of.last(i))) +
                    pair(of.better?.changes?.get(i)) +
                    pair(of.failures.changes[i])
            } +
                listOf(
                    listOf("all", "B - A") +
                        pair(of.mean?.whole) +
                        listOf("", "") +
                        pair(of.better?.whole) +
                        pair(of.failures.whole)
                )
        return columns(listOf(header) + rows, right = header.indices.toSet() - setOf(1))
    }

    private fun pair(estimate: Estimate?): List<String> =
        if (estimate == null) listOf(NOTHING, NOTHING)
        else listOf(short(estimate.value), short(estimate.interval))

    /** What the numbers are, and what became of runs that failed. */
    fun notes(): List<String> {
        val seeds = plan.sweep.seeds.size
        return listOf(
            "each number is a move's Shapley value: the mean over orders of what it changes; they " +
                "sum to B - A",
            "better: the probability that a run is better than one of A, less one half; a run that " +
                "failed is worse than every figure",
            "failed: the share of runs that failed",
        ) +
            figures.flatMap(::notes) +
            listOf(
                if (seeds < ExplainedFigure.SEEDS_FOR_INTERVALS)
                    "intervals need ${ExplainedFigure.SEEDS_FOR_INTERVALS} seeds, these are $seeds"
                else
                    "95 %: bootstrap over $seeds seeds" +
                        if (plan.orders == null) "" else " and orders"
            )
    }

    private fun notes(of: ExplainedFigure): List<String> {
        val lost = listOfNotNull(of.mean, of.better).sumOf(Contributions::lost)
        val resamples = ExplainedFigure.RESAMPLES
        val name = of.figure
        return listOfNotNull(
            ("$name: means are of the runs that survived; those that failed count in better and " +
                    "failed only")
                .takeIf { of.hasFailures },
            ("$name: no contributions to the mean, for no run has it with these moves from B: " +
                    of.without.joinToString("; "))
                .takeIf { of.without.isNotEmpty() },
            ("$name: ${of.missing} runs that survived have no finite value, so that runs cannot " +
                    "be ranked for better")
                .takeIf { of.missing > 0 },
            ("$name: $lost of $resamples resamples had no survivor for some recipe and are left " +
                    "out of the intervals")
                .takeIf { lost > 0 },
        )
    }

    /** All notes, those on the moves included, a row each. */
    fun notesCsv(moves: MoveText): String =
        csv((listOf("note") + moves.notes + notes()).map(::listOf))
}
