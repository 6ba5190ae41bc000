package dev.sparring.cli

import dev.sparring.file.FolderHeldException
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.run.RunHold
import java.util.concurrent.TimeUnit

/** Waits for processes that are about to give a run directory back. */
internal object FreeRun {
    private const val PAUSE_MILLISECONDS = 250L

    /**
     * Waits until no training writes to the directory.
     *
     * @param waiting is told who has it, if it is not free at once
     * @throws RunException as [RunHold.requireFree], if it is not free in that time
     */
    fun await(directory: RunDirectory, seconds: Long, waiting: (String) -> Unit) {
        val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds)
        var isTold = false
        while (true) {
            try {
                return RunHold.requireFree(directory)
            } catch (e: RunException) {
                val holder = e.cause as? FolderHeldException
                if (holder == null || System.nanoTime() >= end) throw e
                if (!isTold) waiting("${holder.message}; waiting for it")
                isTold = true
            }
            Thread.sleep(PAUSE_MILLISECONDS)
        }
    }
}
