package dev.sparring.cli

import dev.sparring.train.Step
import dev.sparring.train.Training
import dev.sparring.train.TrainingListener

/** Stops a training after a step as if it had been interrupted then. */
internal class LastStep(private val step: Long) : TrainingListener {
    var isReached = false
        private set

    override fun stepped(training: Training, step: Step) {
        if (step.number >= this.step) {
            isReached = true
            training.requestStop()
        }
    }
}
