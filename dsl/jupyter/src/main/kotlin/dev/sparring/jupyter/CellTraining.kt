package dev.sparring.jupyter

import dev.sparring.train.Ending
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/**
 * A training that a cell waits for. It has a thread of its own: kernels end a cell by an interrupt
 * and soon after, where the JVM can still do it, by `Thread.stop`, which would leave a run without
 * its last checkpoint.
 */
internal class CellTraining(private val job: TrainingJob, private val display: LiveDisplay) {
    private val ending = CompletableFuture<Ending>()
    private val thread = Thread(::train, "sparring training").apply { isDaemon = true }

    private fun train() {
        val result = runCatching { job.run() }
        // Also if the cell has ended already.
        runCatching { display.show() }
        result.onSuccess(ending::complete).onFailure(ending::completeExceptionally)
    }

    /** A training counts for more than a picture of it, which the last one may have again. */
    private fun showOnTheWay() {
        try {
            display.show()
        } catch (e: InterruptedException) {
            throw e
        } catch (_: Exception) {
            return
        }
    }

    /** Returns when the training has ended, or throws what it threw. */
    fun run(): Ending {
        thread.start()
        try {
            while (true) {
                try {
                    return ending.get(display.pause, TimeUnit.MILLISECONDS)
                } catch (_: TimeoutException) {
                    showOnTheWay()
                }
            }
        } catch (e: ExecutionException) {
            throw e.cause ?: e
        } finally {
            if (!ending.isDone) {
                job.requestStop()
                thread.join()
            }
        }
    }
}
