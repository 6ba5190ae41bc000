package dev.sparring.cli.bench

import dev.sparring.train.Step
import dev.sparring.train.Training
import dev.sparring.train.TrainingListener

/**
 * Times the steps of a training, from the end of one to the end of the next, and stops it.
 *
 * The warm-up is [WARM_UP] steps and at least a fifth of the time: by then memory has grown, and
 * the JVM has compiled what runs often. After it, the steps that fit into the time count, and
 * [LEAST] in any case.
 *
 * @param wanted how many seconds of steps to count
 * @param nanos a clock
 */
internal class StepClock(
    private val wanted: Double,
    private val nanos: () -> Long = System::nanoTime,
) : TrainingListener {
    private val counted = mutableListOf<Double>()
    private var beginning = 0L
    private var last = 0L
    private var counting = false

    /** Each step that counts. */
    val seconds: List<Double>
        get() = counted.toList()

    override fun started(training: Training) {
        beginning = nanos()
        last = beginning
    }

    override fun stepped(training: Training, step: Step) {
        if (stepped(step.number)) training.requestStop()
    }

    /** Records the time of a step; true if the measurement is complete. */
    fun stepped(number: Long): Boolean {
        val now = nanos()
        if (counting) counted += (now - last) / NANOS
        last = now
        val since = (now - beginning) / NANOS
        if (!counting && number >= WARM_UP && since >= wanted / WARM_UP_PART) {
            counting = true
            beginning = now
        }
        return counted.size >= LEAST && since >= wanted
    }

    private companion object {
        const val WARM_UP = 3
        const val WARM_UP_PART = 5
        const val LEAST = 5
        const val NANOS = 1e9
    }
}
