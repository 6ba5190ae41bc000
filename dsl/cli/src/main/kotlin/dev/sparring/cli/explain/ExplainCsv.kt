package dev.sparring.cli.explain

import dev.sparring.cli.sweep.csv
import dev.sparring.dsl.explain.Explanation
import dev.sparring.statistics.Contributions.Estimate

/**
 * What each move contributes, a row for each figure and move, and one for all moves together: the
 * whole difference.
 */
internal class ExplainCsv(
    private val plan: Explanation,
    private val figures: List<ExplainedFigure>,
) {
    fun text(): String {
        val three =
            listOf("mean", "better", "failures").flatMap { listOf(it, "${it}_lo95", "${it}_hi95") }
        val header = listOf("figure", "move", "title") + three + listOf("alone", "last")
        return csv(listOf(header) + figures.flatMap(::rows))
    }

    private fun rows(of: ExplainedFigure): List<List<String>> =
        plan.moves.mapIndexed { i, move ->
            listOf(of.figure, "${move.number}", move.title) +
                numbers(of.mean?.changes?.get(i)) +
                numbers(of.better?.changes?.get(i)) +
                numbers(of.failures.changes[i]) +
                listOf(of.alone(i), of.last(i)).map(::number)
        } +
            listOf(
                listOf(of.figure, "all", "B - A") +
                    numbers(of.mean?.whole) +
                    numbers(of.better?.whole) +
                    numbers(of.failures.whole) +
                    listOf("", "")
            )

    private fun numbers(estimate: Estimate?): List<String> =
        listOf(estimate?.value, estimate?.interval?.low, estimate?.interval?.high).map(::number)

    private fun number(number: Double?) = number?.toString().orEmpty()
}
