package dev.sparring.cli

import dev.sparring.train.Training
import java.util.concurrent.CountDownLatch

/**
 * While it is open, Ctrl-C ends the training after the current step and waits until the last
 * checkpoint is written. The exit code is then the JVM's: 130 for an interrupt.
 */
internal class Interruption : AutoCloseable {
    private val finished = CountDownLatch(1)
    private val hook =
        Thread({
            stop()
            finished.await()
        })
    private var training: Training? = null
    private var isStopped = false

    init {
        Runtime.getRuntime().addShutdownHook(hook)
    }

    /** From now on it ends this training; at once, if there was a Ctrl-C before. */
    @Synchronized
    fun watch(next: Training) {
        training = next
        if (isStopped) next.requestStop()
    }

    /** Lets go of the training, which has ended. */
    @Synchronized
    fun forget() {
        training = null
    }

    @Synchronized
    private fun stop() {
        isStopped = true
        training?.requestStop()
    }

    override fun close() {
        finished.countDown()
        try {
            Runtime.getRuntime().removeShutdownHook(hook)
        } catch (_: IllegalStateException) {
            // The JVM is shutting down, and its hook is waiting for us.
        }
    }
}
