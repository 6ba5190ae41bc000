package dev.sparring.report.run

import dev.sparring.report.count
import dev.sparring.run.RunSummary

/**
 * The state of a run, in words.
 *
 * @param word one: completed, stopped, diverged, failed, running, or not begun
 * @param sentence the same in a sentence
 */
internal class RunState(val word: String, val sentence: String) {
    companion object {
        /**
         * @param steps the steps of the recipe, if known
         * @param recorded the last step with figures
         */
        fun of(summary: RunSummary?, steps: Long?, recorded: Long): RunState {
            if (summary == null) return RunState("not begun", "Not begun: there is no run.json.")
            val of = steps?.let { " of ${count(it)}" }.orEmpty()
            val last = "step ${count(summary.lastStep)}$of"
            val sentence =
                when (summary.status) {
                    "completed" -> "Completed all ${count(summary.lastStep)} steps."
                    "diverged" ->
                        "Diverged after $last: a loss or a weight was not finite any more."
                    "stopped" -> "Stopped after $last; it can be resumed."
                    "failed" -> "Failed after $last."
                    "running" ->
                        "Running or killed: it has not recorded its end. " +
                            if (recorded > 0) "The last figures are of step ${count(recorded)}$of."
                            else "There are no figures yet."
                    else -> "${summary.status}, after $last."
                }
            return RunState(summary.status, sentence)
        }
    }
}
