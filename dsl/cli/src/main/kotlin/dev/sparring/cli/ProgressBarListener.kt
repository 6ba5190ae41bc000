package dev.sparring.cli

import dev.sparring.recipe.Recipe
import dev.sparring.train.Ending
import dev.sparring.train.Finding
import dev.sparring.train.Step
import dev.sparring.train.Training
import dev.sparring.train.TrainingListener
import me.tongfei.progressbar.ConsoleProgressBarConsumer
import me.tongfei.progressbar.ProgressBar
import me.tongfei.progressbar.ProgressBarBuilder
import me.tongfei.progressbar.ProgressBarStyle

/** Progress as a bar on a terminal. */
internal class ProgressBarListener(private val recipe: Recipe, private val terminal: Terminal) :
    TrainingListener {
    private var bar: ProgressBar? = null

    override fun started(training: Training) {
        bar =
            ProgressBarBuilder()
                .setTaskName(recipe.name)
                .setInitialMax(recipe.train.steps.toLong())
                .startsFrom(training.progress().step, java.time.Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(ConsoleProgressBarConsumer(terminal.err))
                .build()
    }

    override fun stepped(training: Training, step: Step) {
        bar?.let {
            it.stepTo(step.number)
            it.extraMessage =
                Step.LOSSES.mapNotNull { name ->
                        step.figures[name]?.let { "$name ${ProgressLines.figure(it)}" }
                    }
                    .joinToString(" ")
        }
    }

    override fun found(training: Training, finding: Finding) {
        log(terminal, "warning: $finding")
    }

    override fun ended(training: Training, ending: Ending) {
        bar?.close()
    }

    companion object {
        private const val UPDATE_MILLIS = 250

        /** Writes a line in place of the bar, which draws itself again below. */
        fun log(terminal: Terminal, line: String) = terminal.logOver(line)
    }
}
