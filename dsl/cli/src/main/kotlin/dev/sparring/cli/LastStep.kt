package dev.sparring.cli

import dev.sparring.train.Step
import dev.sparring.train.Training
import dev.sparring.train.TrainingListener

/**
 * Stops a training after a step as if it had been interrupted then, once it was retried as often as
 * the training that it repeats.
 *
 * @param notice how many steps before it has to be asked: several processes agree on a wish to stop
 *   at the end of their next update
 */
internal class LastStep(
    private val step: Long,
    private val retries: Int,
    private val notice: Int = 0,
) : TrainingListener {
    var isReached = false
        private set

    override fun started(training: Training) {
        if (notice > 0) after(training, training.progress().step)
    }

    override fun stepped(training: Training, step: Step) = after(training, step.number)

    private fun after(training: Training, done: Long) {
        if (done + notice >= step && training.progress().retries.size >= retries) {
            isReached = true
            training.requestStop()
        }
    }
}
