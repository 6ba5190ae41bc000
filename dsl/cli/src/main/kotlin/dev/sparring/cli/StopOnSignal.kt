package dev.sparring.cli

import java.util.concurrent.CountDownLatch

/**
 * While it is open, a signal that ends the JVM calls [stop] first, and the JVM waits until this is
 * closed. The exit code is then the JVM's: 130 for an interrupt.
 */
internal class StopOnSignal(stop: () -> Unit) : AutoCloseable {
    private val finished = CountDownLatch(1)
    private val hook = Thread {
        stop()
        finished.await()
    }

    init {
        Runtime.getRuntime().addShutdownHook(hook)
    }

    override fun close() {
        finished.countDown()
        try {
            Runtime.getRuntime().removeShutdownHook(hook)
        } catch (_: IllegalStateException) {
            // The JVM is shutting down, and its hook is waiting for us.
        }
    }

    companion object {
        /** Whether a signal is ending this JVM, also if another hook was the first to hear it. */
        fun isHeard(): Boolean {
            val probe = Thread {}
            return try {
                Runtime.getRuntime().addShutdownHook(probe)
                Runtime.getRuntime().removeShutdownHook(probe)
                false
            } catch (_: IllegalStateException) {
                true
            }
        }
    }
}
