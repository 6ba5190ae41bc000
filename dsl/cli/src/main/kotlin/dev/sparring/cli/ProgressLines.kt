package dev.sparring.cli

import dev.sparring.recipe.Recipe
import dev.sparring.tensor.Engine
import dev.sparring.train.Finding
import dev.sparring.train.Step
import dev.sparring.train.Training
import dev.sparring.train.TrainingListener
import java.util.Locale

/** Progress as plain lines, one every few seconds. */
internal class ProgressLines(
    private val recipe: Recipe,
    private val engine: Engine,
    private val terminal: Terminal,
) : TrainingListener {
    private var firstStep = 0L
    private var firstSeconds = 0.0
    private var nextLine = 0.0

    override fun started(training: Training) {
        firstStep = training.progress().step
        firstSeconds = training.progress().seconds
        nextLine = firstSeconds + INTERVAL
        terminal.log(
            "training ${recipe.name} with seed ${recipe.train.seed} on ${engine.version()}, ${engine.device()}"
        )
        if (firstStep > 0) {
            terminal.log("resuming after step $firstStep")
        }
    }

    override fun stepped(training: Training, step: Step) {
        if (step.seconds < nextLine && step.number < recipe.train.steps) {
            return
        }
        nextLine = step.seconds + INTERVAL
        terminal.log(line(step))
    }

    override fun found(training: Training, finding: Finding) {
        terminal.log("warning: $finding")
    }

    private fun line(step: Step): String {
        val rate = (step.number - firstStep) / (step.seconds - firstSeconds)
        val left = (recipe.train.steps - step.number) / rate
        val losses = step.figures.filterKeys { it in Step.LOSSES }
        val figures = losses.entries.joinToString("  ") { "${it.key} ${figure(it.value)}" }
        return "step ${step.number}/${recipe.train.steps}  $figures  ${figure(rate)} steps/s" +
            if (left > 0) "  ${left.toLong() + 1} s left" else ""
    }

    companion object {
        const val INTERVAL = 5.0

        fun figure(value: Double): String = String.format(Locale.ROOT, "%.4g", value)
    }
}
