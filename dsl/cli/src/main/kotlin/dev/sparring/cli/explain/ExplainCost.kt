package dev.sparring.cli.explain

import dev.sparring.cli.ProgressLines
import dev.sparring.cli.sweep.SweepRun
import dev.sparring.dsl.explain.Explanation
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.run.MetricsTable
import dev.sparring.run.RunDirectory
import dev.sparring.train.StepFlops
import java.nio.file.Files
import java.nio.file.Path
import kotlin.math.ceil

/**
 * What the runs of an explanation cost: operations, and the time they take at the speed of runs
 * that are there already, which are of this sweep or of A and B.
 */
internal class ExplainCost(
    private val plan: Explanation,
    private val runs: List<SweepRun>,
    private val given: List<Path>,
) {
    private val works = plan.sweep.cells.map { work(it.recipe) * it.recipe.train.steps }

    fun line(): String {
        val operations = works.sum() * plan.sweep.seeds.size
        val size = "%s operations".format(ProgressLines.figure(operations))
        return "${runs.size} runs of ${plan.sweep.cells.size} recipes, $size, ${time(operations)}"
    }

    private fun time(operations: Double): String {
        val known = timed()
        if (known.isEmpty()) {
            return "and as many minutes as one run takes, times ${runs.size}: no run of them is " +
                "there yet to tell"
        }
        val seconds = operations * known.sumOf { it.first } / known.sumOf { it.second }
        return "some ${ceil(seconds / MINUTE).toLong()} min in sequence, at the speed of " +
            (if (known.size == 1) "a run" else "${known.size} runs") +
            " that is there"
    }

    /** Seconds and operations of runs that have begun. */
    private fun timed(): List<Pair<Double, Double>> {
        val own =
            runs.mapNotNull { run ->
                val cell = plan.sweep.cells.indexOf(run.cell)
                timed(run.directory, works[cell] / run.recipe.train.steps)
            }
        if (own.isNotEmpty()) return own
        val ends = listOf(plan.sweep.cells.first(), plan.sweep.cells.last())
        return given.zip(ends).mapNotNull { (path, cell) ->
            if (Files.isDirectory(path)) timed(RunDirectory(path), work(cell.recipe)) else null
        }
    }

    private fun timed(run: RunDirectory, work: Double): Pair<Double, Double>? {
        if (!Files.exists(run.metrics())) return null
        var last: MetricsTable.Row? = null
        MetricsTable.read(run) { last = it }
        return last?.takeIf { it.seconds > 0 }?.let { it.seconds to it.step * work }
    }

    private fun work(recipe: Recipe) = StepFlops.of(GamePlan.of(recipe))

    private companion object {
        const val MINUTE = 60
    }
}
