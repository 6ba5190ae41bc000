package dev.sparring.jupyter

import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import java.util.UUID
import org.jetbrains.kotlinx.jupyter.api.KotlinKernelHost

/** Shows a run below a cell, and again what has become of it; from any thread. */
internal class LiveDisplay(private val host: KotlinKernelHost, private val run: RunDirectory) {
    private val id = "sparring-${UUID.randomUUID()}"
    private var shown: String? = null

    /** Milliseconds until it should be shown again: showing takes a tenth of the time at most. */
    @Volatile
    var pause: Long = SHORTEST
        private set

    @Synchronized
    fun show() {
        // Nothing is written before the first step.
        if (!run.isUsed) return
        val begin = System.nanoTime()
        val output =
            try {
                Outputs.run(run, pictures = 1)
            } catch (_: RunException) {
                // A row or a picture is just being written; the next time it is whole.
                return
            }
        val html = output["text/html"]
        if (html == shown) return
        if (shown == null) host.display(output, id) else host.updateDisplay(output, id)
        shown = html
        pause = maxOf(SHORTEST, PART * (System.nanoTime() - begin) / NANOS)
    }

    private companion object {
        const val SHORTEST = 1000L
        const val PART = 10
        const val NANOS = 1_000_000
    }
}
