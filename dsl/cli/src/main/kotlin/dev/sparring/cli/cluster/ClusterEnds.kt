package dev.sparring.cli.cluster

import dev.sparring.cli.ChildJvm
import dev.sparring.cli.ExitCode
import dev.sparring.cli.Terminal
import dev.sparring.cli.sweep.SweepRun
import dev.sparring.run.RunException
import dev.sparring.run.RunSummary
import java.util.Locale
import java.util.concurrent.TimeUnit

/**
 * Says how the runs on a cluster end, as they do, and keeps the failures.
 *
 * @param open how many runs there are
 * @param seconds how long at most to wait for files of other machines
 */
internal class ClusterEnds(
    private var open: Int,
    private val terminal: Terminal,
    private val figures: (SweepRun) -> String,
    private val seconds: Long = SECONDS,
) {
    private val failures = mutableListOf<String>()

    /**
     * Of processes that ended well, those whose end is not to be seen here yet, with the machine.
     */
    private val unseen = linkedMapOf<SweepRun, String>()

    fun listener(of: (ClusterRun) -> SweepRun): ClusterListener =
        object : ClusterListener {
            override fun ended(
                run: ClusterRun,
                exitCode: Int,
                last: String,
                place: String,
                seconds: Double,
            ) = ended(of(run), exitCode, last, place, seconds)

            override fun failed(run: ClusterRun, reason: String) = failed(of(run), reason)
        }

    private fun ended(run: SweepRun, code: Int, last: String, place: String, seconds: Double) {
        val where = String.format(Locale.ROOT, "in %.1f s on %s", seconds, place)
        when (code) {
            ExitCode.DONE,
            ExitCode.DIVERGED -> {
                val isSeen = isOver(run)
                if (!isSeen) unseen[run] = place
                if (code == ExitCode.DIVERGED) say(run, "diverged $where")
                else say(run, "completed $where" + if (isSeen) figuresOf(run) else "")
            }
            else ->
                failed(run, "${ChildJvm.ending(code, last)} ($where, ${run.directory.path}.log)")
        }
    }

    fun failed(run: SweepRun, reason: String) {
        failures += "${run.title}: $reason"
        say(run, reason)
    }

    private fun say(run: SweepRun, what: String) {
        open--
        terminal.log("${run.title}: $what; $open to go")
    }

    private fun figuresOf(run: SweepRun) =
        try {
            figures(run).let { if (it.isEmpty()) "" else ": $it" }
        } catch (_: RunException) {
            "" // The table will say it.
        }

    private fun isOver(run: SweepRun) =
        try {
            RunSummary.of(run.directory).orElse(null)?.isFinal == true
        } catch (_: RunException) {
            false // Half of it is to be seen.
        }

    /**
     * All failures, a line each, once every other run can be seen to be over. Network folders show
     * new files of other machines late.
     */
    fun failures(): List<String> {
        val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds)
        unseen.keys.removeIf(::isOver)
        while (unseen.isNotEmpty() && System.nanoTime() < end) {
            Thread.sleep(PAUSE_MILLISECONDS)
            unseen.keys.removeIf(::isOver)
        }
        return failures +
            unseen.map { (run, place) ->
                "${run.title}: has ended on $place, but ${run.directory.path} here does not show it; " +
                    "is it the same folder there?"
            }
    }

    private companion object {
        /** Longer than NFS keeps what it knows of a folder, a minute by default. */
        const val SECONDS = 90L
        const val PAUSE_MILLISECONDS = 500L
    }
}
