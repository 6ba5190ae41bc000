package dev.sparring.ui.explore

import dev.sparring.run.Runs
import dev.sparring.ui.ListedRun
import dev.sparring.ui.Refused
import dev.sparring.ui.UiHost
import java.util.concurrent.ExecutionException
import java.util.concurrent.Executors
import java.util.concurrent.ScheduledFuture
import java.util.concurrent.TimeUnit

/**
 * Draws what generators make, one at a time: the last one that was asked for stays open, with its
 * engine, until another one is asked for or none is for some time.
 */
internal class Explorer(private val program: UiHost, private val idleMillis: Long = IDLE_MILLIS) :
    AutoCloseable {
    private class Opened(val run: String, val step: String, val generator: OpenGenerator)

    /** Engines are used by one thread only. */
    private val worker =
        Executors.newSingleThreadScheduledExecutor { work ->
            Thread(work, "explorer").apply { isDaemon = true }
        }
    private var opened: Opened? = null
    private var idle: ScheduledFuture<*>? = null

    /** What can be wished for of a run, as JSON. */
    fun facts(run: ListedRun): String = within(run) { it.facts() }

    /** A picture as a PNG file. */
    fun draw(run: ListedRun, wish: Wish): ByteArray = within(run) { it.draw(wish) }

    /** Whether a generator is open. */
    fun isOpen(): Boolean = worker.submit<Boolean> { opened != null }.get()

    private fun <T> within(run: ListedRun, work: (OpenGenerator) -> T): T =
        try {
            worker.submit<T> { Refused.unless { drawing(run, work) } }.get()
        } catch (e: ExecutionException) {
            throw e.cause ?: e
        }

    /** The time of rest begins with the end of a picture, which may take long. */
    private fun <T> drawing(run: ListedRun, work: (OpenGenerator) -> T): T {
        idle?.cancel(false)
        return try {
            work(generator(run))
        } finally {
            idle = worker.schedule(::closeOpened, idleMillis, TimeUnit.MILLISECONDS)
        }
    }

    private fun generator(run: ListedRun): OpenGenerator {
        val newest = Runs.latest(run.directory)
        val step = "${newest.path().fileName}"
        opened?.let { if (it.run == run.id && it.step == step) return it.generator }
        closeOpened()
        val recipe = program.recipe(run.directory)
        val engine = program.engine(recipe.train)
        val generator =
            try {
                OpenGenerator(run.directory, newest, recipe, engine)
            } catch (e: RuntimeException) {
                engine.close()
                throw e
            }
        opened = Opened(run.id, step, generator)
        return generator
    }

    private fun closeOpened() {
        opened?.generator?.close()
        opened = null
    }

    override fun close() {
        worker.execute(::closeOpened)
        worker.shutdown()
        // A picture that is being made is finished first: an engine is not closed under it.
        worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)
    }

    private companion object {
        const val IDLE_MILLIS = 120_000L
        const val CLOSE_SECONDS = 5L
    }
}
