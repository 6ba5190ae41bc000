package dev.sparring.cli

import dev.sparring.run.MetricsTable
import dev.sparring.run.RunSummary

/**
 * What came of a run. However rare metrics are, there is a row of the last step.
 *
 * @param figures columns of metrics, each the mean over the last tenth of the steps; none unless
 *   the run completed
 */
internal class SweepResult(
    val run: SweepRun,
    val status: String,
    val lastStep: Long,
    val figures: Map<String, Double>,
) {
    val isComplete: Boolean
        get() = status == COMPLETED

    companion object {
        private const val COMPLETED = "completed"
        private const val TENTH = 10

        /** Reads it; of columns only [measures], or all if there are none. */
        fun of(run: SweepRun, measures: List<String>): SweepResult {
            val summary = RunSummary.of(run.directory).orElse(null)
            if (summary?.status != COMPLETED) {
                return SweepResult(
                    run,
                    summary?.status ?: "failed",
                    summary?.lastStep ?: 0,
                    mapOf(),
                )
            }
            val metrics = MetricsTable.of(run.directory)
            val steps = run.recipe.train.steps.toLong()
            val before = steps - (steps + TENTH - 1) / TENTH
            val figures =
                measures
                    .ifEmpty { metrics.columns() }
                    .associateWith { metrics.meanBehind(before, it) }
                    .filterValues { it.isPresent }
                    .mapValues { it.value.asDouble }
            return SweepResult(run, COMPLETED, summary.lastStep, figures)
        }
    }
}
