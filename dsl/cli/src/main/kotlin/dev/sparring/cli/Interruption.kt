package dev.sparring.cli

import dev.sparring.train.Training

/**
 * While it is open, Ctrl-C ends the training after the current step and waits until the last
 * checkpoint is written.
 */
internal class Interruption : AutoCloseable {
    private var training: Training? = null
    private var isStopped = false

    /** The last of the fields, since it may be heard at once. */
    private val signal = StopOnSignal(::stop)

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

    override fun close() = signal.close()
}
