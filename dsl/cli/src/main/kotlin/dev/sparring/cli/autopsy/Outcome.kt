package dev.sparring.cli.autopsy

import dev.sparring.run.RunSummary

/**
 * What became of a variant up to the autopsy's last step.
 *
 * @param step when it showed what the run did; null if it did not
 * @param others what it showed besides, since the fork
 */
internal class Outcome
private constructor(
    val variant: Autopsy.Variant,
    val verdict: Verdict,
    val step: Long?,
    val later: Long?,
    val others: List<Symptom>,
    private val end: Long,
) {
    enum class Verdict(val word: String) {
        SHOWS("shows it"),
        AVOIDS("avoids it"),
        POSTPONES("postpones it"),
        SAME("does not help"),
        EARLIER("brings it on"),
        /** Something that is no better. */
        DIVERGES("diverges"),
        UNFINISHED("unfinished"),
    }

    /** In words, such as `postpones it by 40 steps, to step 652`. */
    val words: String
        get() =
            when (verdict) {
                Verdict.SHOWS -> "shows it at step $step"
                Verdict.AVOIDS -> "avoids it up to step $end"
                Verdict.POSTPONES -> "postpones it by ${steps(later)}, to step $step"
                Verdict.SAME -> "does not help: step $step too"
                Verdict.EARLIER ->
                    "brings it on ${steps(later?.let(Math::abs))} earlier, at step $step"
                Verdict.DIVERGES -> "diverges instead, in step ${others.first().step}"
                Verdict.UNFINISHED -> "was not trained to its end"
            }

    private fun steps(n: Long?) = if (n == 1L) "1 step" else "$n steps"

    /** What else went wrong in it; the divergence is said by the verdict. */
    val besides: List<Symptom> = if (verdict == Verdict.DIVERGES) others.drop(1) else others

    companion object {
        /** @param control when the control showed it; null for the control itself */
        fun of(autopsy: Autopsy, variant: Autopsy.Variant, control: Long?): Outcome {
            val run = variant.run.directory
            val summary = RunSummary.of(run).orElse(null)
            val all = Symptom.of(run).filter { it.step in autopsy.from + 1..autopsy.end }
            val kind = autopsy.symptom.kind
            val own = all.find { it.kind == kind }
            val rest = all.filter { it.kind != kind }
            val (diverged, others) = rest.partition { it.kind == Symptom.DIVERGED }
            val isWhole = summary != null && (summary.isFinal || summary.lastStep >= autopsy.end)
            val later = own?.let { it.step - (control ?: it.step) }
            val verdict =
                when {
                    !isWhole -> Verdict.UNFINISHED
                    own != null && control == null -> Verdict.SHOWS
                    later != null && later > 0 -> Verdict.POSTPONES
                    later != null && later < 0 -> Verdict.EARLIER
                    later != null -> Verdict.SAME
                    diverged.isNotEmpty() -> Verdict.DIVERGES
                    else -> Verdict.AVOIDS
                }
            return Outcome(variant, verdict, own?.step, later, diverged + others, autopsy.end)
        }
    }
}
