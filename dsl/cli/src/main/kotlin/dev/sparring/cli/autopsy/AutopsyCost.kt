package dev.sparring.cli.autopsy

import dev.sparring.run.MetricsTable
import dev.sparring.run.RunDirectory
import java.util.Locale

/** What an autopsy will do, in lines that are printed before it. */
internal object AutopsyCost {
    private const val MINUTE = 60

    /** What it looks into, from where, and how many steps that is. */
    fun lines(autopsy: Autopsy, variants: Int): List<String> {
        val place =
            if (autopsy.fork != null)
                "from ${autopsy.fork}, the newest whole checkpoint ${before(autopsy.symptom)}"
            else
                "from step 0, with the weights drawn again, as no whole checkpoint before it is " +
                    "left"
        val named = if (autopsy.isNamed) "from ${autopsy.fork}, as --from says" else place
        return listOfNotNull(
            "${autopsy.run.path}: ${autopsy.symptom}",
            besides(autopsy),
            "$variants variants $named, up to step ${autopsy.end}: " +
                "$variants x ${autopsy.steps} = ${variants * autopsy.steps} steps" +
                time(autopsy, variants),
        )
    }

    /** A checkpoint that a run went back to leads to more than one future. */
    private fun before(symptom: Symptom): String =
        if (symptom.returns == null) "before it"
        else "before it, as the run went on there before it went back"

    private fun besides(autopsy: Autopsy): String? =
        autopsy.others
            .takeIf { it.isNotEmpty() }
            ?.joinToString(", ", "not looked into (--at, --retry): ") {
                val number = it.returns?.let { n -> " (retry ${n + 1})" }.orEmpty()
                "${it.kind} at step ${it.step}$number"
            }

    /** At the speed of the run itself, if its metrics say it. */
    private fun time(autopsy: Autopsy, variants: Int): String {
        val each = secondsPerStep(autopsy.run) ?: return ""
        val seconds = variants * autopsy.steps * each
        val text =
            if (seconds < 2 * MINUTE) "%.0f s".format(Locale.ROOT, maxOf(1.0, seconds))
            else "%.0f min".format(Locale.ROOT, seconds / MINUTE)
        return ", about $text one at a time at the run's speed"
    }

    private fun secondsPerStep(run: RunDirectory): Double? {
        if (!run.metrics().toFile().isFile) return null
        var first: MetricsTable.Row? = null
        var last: MetricsTable.Row? = null
        MetricsTable.read(
            run,
            { row ->
                first = first ?: row
                last = row
            },
            {},
        )
        val (a, b) = (first ?: return null) to (last ?: return null)
        val steps = b.step - a.step
        val seconds = b.seconds - a.seconds
        return (seconds / steps).takeIf { steps > 0 && seconds > 0 }
    }
}
