package dev.sparring.cli.autopsy

import dev.sparring.run.FindingLines
import dev.sparring.run.Fork
import dev.sparring.run.Retries
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunSummary

/**
 * What went wrong in a run: a finding of a detector, or a divergence.
 *
 * @param step after which it was found, or in which the run diverged
 * @param returns for a divergence that the run went back after: how often it had done so before
 */
internal data class Symptom(val step: Long, val text: String, val returns: Int? = null) {
    /** What it has alike in other runs, such as `D has won`; places and numbers may differ. */
    val kind: String = text.substringBefore(':').substringBefore(" at ").trim()

    override fun toString(): String = "step $step: $text"

    companion object {
        const val DIVERGED = "diverged"

        private val LINE = Regex("step (\\d{1,18}): (.*)")

        /** The lines by which a run says that it went back after a divergence. */
        private const val RETRY = "went back from step "

        /** All of a run, the first ones first; not those of the run that it was forked from. */
        fun of(run: RunDirectory): List<Symptom> {
            val fork = Fork.recorded(run).orElse(null)
            val since = fork?.step ?: -1
            val own = findings(run).filter { it.step > since && !it.text.startsWith(RETRY) }
            return (own + retried(run, fork?.retries ?: 0) + listOfNotNull(divergence(run)))
                .sortedBy { it.step }
        }

        /** The divergences that it went back after, without those of another run. */
        private fun retried(run: RunDirectory, earlier: Int): List<Symptom> =
            Retries.recorded(run)
                .mapIndexed { i, retry ->
                    val text = "$DIVERGED: ${retry.reason}; the run went back to step ${retry.from}"
                    Symptom(retry.diverged, text, returns = i)
                }
                .drop(earlier)

        private fun findings(run: RunDirectory): List<Symptom> =
            FindingLines.of(run).mapNotNull(LINE::matchEntire).map {
                Symptom(it.groupValues[1].toLong(), it.groupValues[2])
            }

        private fun divergence(run: RunDirectory): Symptom? {
            val summary = RunSummary.of(run).orElse(null)
            if (summary?.status != DIVERGED) return null
            return Symptom(
                summary.lastStep + 1,
                "$DIVERGED: a loss or a weight was not finite any more",
            )
        }
    }
}
