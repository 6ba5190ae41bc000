package dev.sparring.cli.cluster

import dev.sparring.cli.BadInput
import dev.sparring.cli.ChildJvm
import dev.sparring.cli.FreeRun
import dev.sparring.cli.StopOnSignal
import dev.sparring.cli.Terminal
import dev.sparring.cli.TrainCommand
import dev.sparring.cli.sweep.SweepRun
import dev.sparring.cli.sweep.SweepTrainer
import dev.sparring.file.Reason
import dev.sparring.run.RunException
import java.io.IOException
import java.nio.file.Path

/**
 * Trains the runs of a sweep on a cluster. What is finished, and how, is read from the run
 * directories, which are on a folder that all machines share.
 *
 * @param options of each run's `train`
 * @param figures what there is to say about a run that has completed
 */
internal class ClusterTrainer(
    private val cluster: SweepCluster,
    private val order: ClusterOrder,
    private val options: List<String>,
    private val terminal: Terminal,
    private val figures: (SweepRun) -> String,
) : SweepTrainer {
    @Volatile private var isStopping = false

    override fun train(runs: List<SweepRun>, stopped: () -> Unit): List<String>? =
        try {
            cluster.connect(order).use { train(it, runs, stopped) }
        } catch (e: ClusterException) {
            throw BadInput("${ClusterOptions.SPARK}: ${e.message}", e)
        }

    private fun train(
        session: SweepCluster.Session,
        runs: List<SweepRun>,
        stopped: () -> Unit,
    ): List<String>? =
        StopOnSignal {
                isStopping = true
                session.stop()
            }
            .use {
                val ends = ClusterEnds(runs.size, terminal, figures)
                val tasks = tasks(runs, ends)
                try {
                    session.train(tasks.keys.toList(), ends.listener(tasks::getValue))
                } catch (e: ClusterException) {
                    // The cluster's library hears signals too, and may be faster.
                    if (!StopOnSignal.isHeard()) throw e
                    isStopping = true
                }
                if (!isStopping) return ends.failures()
                tasks.values.forEach(::awaitEnd)
                stopped()
                null
            }

    /** Those whose recipes can be written. */
    private fun tasks(runs: List<SweepRun>, ends: ClusterEnds): Map<ClusterRun, SweepRun> {
        val folder = "${Path.of("").toAbsolutePath()}"
        val classPath = ChildClassPath.find()
        val jvm = ChildJvm.options()
        val tasks = linkedMapOf<ClusterRun, SweepRun>()
        for (run in runs) {
            val arguments =
                try {
                    run.begin(options + listOf("--resume", TrainCommand.WAIT, "$PATIENCE"))
                } catch (e: IOException) {
                    ends.failed(run, "cannot be started: ${Reason.of(e)}")
                    continue
                }
            val threads = ChildJvm.THREADS.takeUnless { run.recipe.train.portable }
            val log = "${run.directory.path}.log"
            val task =
                ClusterRun(
                    run.title,
                    folder,
                    log,
                    jvm,
                    threads,
                    classPath,
                    listOf(ChildJvm.MAIN) + arguments,
                )
            tasks[task] = run
        }
        return tasks
    }

    /** Until a run that was stopped has written its checkpoint. */
    private fun awaitEnd(run: SweepRun) =
        try {
            FreeRun.await(run.directory, PATIENCE) {}
        } catch (e: RunException) {
            terminal.error("${run.title}: ${e.message}")
        }

    private companion object {
        /** Seconds for a process that is to end to write a checkpoint. */
        const val PATIENCE = 60L
    }
}
