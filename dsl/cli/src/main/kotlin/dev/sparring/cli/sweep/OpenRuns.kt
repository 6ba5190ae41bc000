package dev.sparring.cli.sweep

import dev.sparring.cli.BadInput
import dev.sparring.cli.GoingOn
import dev.sparring.cli.Terminal
import dev.sparring.cli.TrainCommand
import dev.sparring.cli.cluster.ChosenCluster
import dev.sparring.cli.cluster.ClusterOrder
import dev.sparring.cli.cluster.ClusterTrainer
import dev.sparring.tensor.Device
import picocli.CommandLine

/**
 * Trains those of some runs that are not finished. Sweeps, and the commands that are sweeps
 * underneath, differ in which runs there are and in what their figures say; this is the rest.
 *
 * @param cluster what may train them instead of this machine's processes; null if nothing may
 * @param command the command that goes on when it is given again
 */
internal class OpenRuns(
    private val options: RunsOptions,
    private val cluster: ChosenCluster?,
    private val command: CommandLine,
    private val terminal: Terminal,
) {
    /** How far each run is; one that was begun with other settings is refused. */
    fun states(runs: List<SweepRun>): List<Pair<SweepRun, SweepRun.State>> =
        runs.map { it to it.state(options.engines.engine, "${options.device}") }

    /** Prints how far each run is. */
    fun list(runs: List<SweepRun>) {
        for ((run, state) in states(runs)) {
            terminal.out.println("${run.title}: ${state.word}, ${run.directory.path}")
        }
    }

    /**
     * Trains them.
     *
     * @param figures what there is to say about a run that has completed
     * @return the failures, a line each, without divergence; null if the user interrupts it
     */
    fun train(runs: List<SweepRun>, figures: (SweepRun) -> String): List<String>? {
        val (over, rest) = states(runs).partition { it.second == SweepRun.State.OVER }
        if (over.isNotEmpty()) terminal.log("${over.size} of ${runs.size} runs are finished")
        val open = rest.map { it.first }
        if (open.isEmpty()) return emptyList()
        return trainer(open, figures).train(open) {
            terminal.error("stopped; go on with: ${GoingOn.again(command, terminal.defaults)}")
        }
    }

    /** Checks what would fail in every run, and returns what trains them. */
    private fun trainer(runs: List<SweepRun>, figures: (SweepRun) -> String): SweepTrainer {
        SweepChecks.requireData(runs, terminal::log)
        val notes = terminal.defaults.flatMap { listOf(TrainCommand.NOTE, it.line) }
        val engines = options.engines
        val device = options.device
        val arguments =
            listOf("--engine", engines.engine, "--device", "$device") +
                options.own.words.options +
                notes
        val threads = engines.threads.threads
        if (cluster != null) {
            // Its machines are others than this one: they say themselves what they lack.
            val needsCard = device.kind() != Device.Kind.CPU
            val order =
                ClusterOrder(cluster.master, cluster.settings, threads, needsCard, terminal::log)
            return ClusterTrainer(cluster.service, order, arguments, terminal, figures)
        }
        SweepChecks.requireEngine(runs, engines, device, terminal::log)
        val together = minOf(options.jobs, runs.size)
        threads?.let { requireShared(it, together) }
        return SweepPool(together, arguments, terminal::log)
    }

    private fun requireShared(threads: Int, together: Int) {
        if (threads < together) {
            throw BadInput(
                "--threads: $threads cannot be shared by --jobs $together; each needs one"
            )
        }
        if (together > 1) terminal.log("${threads / together} threads for each of $together runs")
    }
}
