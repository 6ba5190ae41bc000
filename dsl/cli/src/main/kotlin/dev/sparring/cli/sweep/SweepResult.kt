package dev.sparring.cli.sweep

import dev.sparring.cli.ProgressLines
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.run.MetricsTable
import dev.sparring.run.RunSummary

/**
 * The result of a run. Metrics always have a row of the last step.
 *
 * @param retries how often it diverged and went back
 * @param figures columns of metrics, each the mean over the last tenth of the steps; none unless
 *   the run completed
 */
internal class SweepResult(
    val run: SweepRun,
    val status: String,
    val lastStep: Long,
    val retries: Int,
    val figures: Map<String, Double>,
) {
    /** Whether it completed; then it has figures. */
    val isComplete: Boolean
        get() = status == COMPLETED || status == BEYOND

    /** Whether it completed within the sweep's limits. */
    val isGood: Boolean
        get() = status == COMPLETED

    /** Its figures in a line, and whether they are beyond a limit. */
    val line: String
        get() =
            (listOf(status).filterNot { isGood } +
                    figures.map { (name, value) -> "$name ${ProgressLines.figure(value)}" })
                .joinToString("  ")

    companion object {
        private const val COMPLETED = "completed"
        private const val TENTH = 10

        /** The status of a run that completed with a figure above the sweep's limit for it. */
        private const val BEYOND = "beyond limit"

        /** Reads it; of columns only those that the sweep measures or limits. */
        fun of(run: SweepRun, sweep: Sweep): SweepResult {
            val summary = RunSummary.of(run.directory).orElse(null)
            if (summary?.status != COMPLETED) {
                return SweepResult(
                    run,
                    summary?.status ?: "failed",
                    summary?.lastStep ?: 0,
                    summary?.retries ?: 0,
                    mapOf(),
                )
            }
            val steps = run.recipe.train.steps.toLong()
            val before = steps - (steps + TENTH - 1) / TENTH
            val figures =
                MetricsTable.meansBehind(run.directory, before, sweep.measures + sweep.limits.keys)
            // Columns that the last steps lack are left out.
            val isBeyond = sweep.limits.any { (column, most) -> (figures[column] ?: most) > most }
            val status = if (isBeyond) BEYOND else COMPLETED
            return SweepResult(run, status, summary.lastStep, summary.retries, figures)
        }
    }
}
