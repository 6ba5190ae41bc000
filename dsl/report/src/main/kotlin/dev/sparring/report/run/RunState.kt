package dev.sparring.report.run

import dev.sparring.report.count
import dev.sparring.run.RunSummary

/**
 * The state of a run, in words.
 *
 * @param word one: completed, stopped, diverged, failed, running, killed, or not begun
 * @param sentence the same in a sentence
 */
internal class RunState(val word: String, val sentence: String) {
    companion object {
        /**
         * @param steps the steps of the recipe, if known
         * @param recorded the last step with figures
         * @param isHeld whether a training writes to the run now
         */
        fun of(
            summary: RunSummary?,
            steps: Long?,
            recorded: Long,
            isHeld: Boolean = false,
        ): RunState {
            if (summary == null) return RunState("not begun", "Not begun: there is no run.json.")
            val of = steps?.let { " of ${count(it)}" }.orEmpty()
            val last = "step ${count(summary.lastStep)}$of"
            val soFar =
                if (recorded > 0) "The last figures are of step ${count(recorded)}$of."
                else "There are no figures yet."
            val sentence =
                when (summary.status) {
                    "completed" -> "Completed all ${count(summary.lastStep)} steps."
                    "diverged" ->
                        "Diverged after $last: a loss or a weight was not finite any more."
                    "stopped" -> "Stopped after $last; it can be resumed."
                    "failed" -> "Failed after $last."
                    "running" ->
                        (if (isHeld) "Running now. "
                        else "Running or killed: it has not recorded its end. ") + soFar
                    "killed" ->
                        "Killed: it was running, and its process is gone; it can be resumed. $soFar"
                    else -> "${summary.status}, after $last."
                }
            return RunState(summary.status, sentence)
        }
    }
}

/** A state as a class of the style sheet. */
internal fun mood(state: RunState): String =
    when (state.word) {
        "completed" -> "good"
        "diverged",
        "killed",
        "failed" -> "bad"
        else -> "open"
    }
