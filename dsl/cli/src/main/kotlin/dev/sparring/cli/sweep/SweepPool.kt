package dev.sparring.cli.sweep

import dev.sparring.cli.ChildJvm
import dev.sparring.cli.ExitCode
import dev.sparring.cli.StopOnSignal
import dev.sparring.file.Reason
import dev.sparring.process.NativeProcess
import dev.sparring.run.RunException
import dev.sparring.run.RunHold
import java.io.IOException
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.concurrent.thread

/**
 * Trains runs in JVMs like this one, some at a time. They end with this one and write a checkpoint
 * before; if a signal ends this one, it waits for them.
 */
internal class SweepPool(
    private val jobs: Int,
    private val options: List<String>,
    private val log: (String) -> Unit,
) : SweepTrainer {
    private val threads = maxOf(1, NativeProcess.threads() / jobs)
    private val processes = mutableSetOf<Process>()
    private val failures = ConcurrentLinkedQueue<String>()
    private var stopping = false

    override fun train(runs: List<SweepRun>, stopped: () -> Unit): List<String>? =
        StopOnSignal { stop().forEach { it.waitFor() } }
            .use {
                val queue = ConcurrentLinkedQueue(runs)
                val workers =
                    List(jobs) {
                        thread(name = "sweep-$it") {
                            generateSequence { queue.poll() }.all(::train)
                        }
                    }
                workers.forEach { it.join() }
                if (isStopping()) stopped()
                if (isStopping()) null else failures.toList()
            }

    /** Trains one; false if no other may start. */
    private fun train(run: SweepRun): Boolean {
        val process =
            try {
                RunHold.requireFree(run.directory)
                start(run) ?: return false
            } catch (e: RunException) {
                failures += "${run.title}: ${e.message}"
                return true
            } catch (e: IOException) {
                failures += "${run.title}: cannot be started: ${Reason.of(e)}"
                return true
            }
        val last = ChildJvm.follow(process) { log("${run.title}: $it") }
        val code = process.waitFor()
        synchronized(this) { processes -= process }
        when (code) {
            ExitCode.DONE,
            ExitCode.DIVERGED -> Unit
            in ChildJvm.INTERRUPTED -> stop()
            else -> failures += "${run.title}: ${ChildJvm.ending(code, last)}"
        }
        return !isStopping()
    }

    @Synchronized
    private fun start(run: SweepRun): Process? {
        if (stopping) return null
        val train = run.begin(options)
        val portable = run.recipe.train.portable
        val resume = if (run.directory.isUsed) listOf("--resume") else emptyList()
        return ChildJvm.builder(threads.takeUnless { portable }, train + resume)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .also { processes += it }
    }

    /** Lets no further run start; those that run write a checkpoint and end. */
    @Synchronized
    private fun stop(): List<Process> {
        stopping = true
        processes.forEach(ChildJvm::letEnd)
        return processes.toList()
    }

    @Synchronized private fun isStopping() = stopping
}
