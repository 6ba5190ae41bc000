package dev.sparring.cli

import dev.sparring.train.Step
import dev.sparring.train.Training
import dev.sparring.train.TrainingListener

/**
 * Stops a training after a step as if it had been interrupted then, once it was retried as often as
 * the training that it repeats.
 */
internal class LastStep(private val step: Long, private val retries: Int) : TrainingListener {
    var isReached = false
        private set

    override fun stepped(training: Training, step: Step) {
        if (step.number >= this.step && training.progress().retries.size >= retries) {
            isReached = true
            training.requestStop()
        }
    }
}
