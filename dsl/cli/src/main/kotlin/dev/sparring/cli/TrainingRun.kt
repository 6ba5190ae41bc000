package dev.sparring.cli

import dev.sparring.cli.classifier.ReferenceClassifier
import dev.sparring.cli.group.Team
import dev.sparring.data.DataSet
import dev.sparring.diagnose.Diagnostics
import dev.sparring.eval.ScheduledEvaluation
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.run.Fork
import dev.sparring.run.RecordedRecipe
import dev.sparring.run.Retries
import dev.sparring.run.RunHold
import dev.sparring.run.RunRecorder
import dev.sparring.tensor.Engine
import dev.sparring.tensorboard.TensorBoardListener
import dev.sparring.train.Ending
import dev.sparring.train.Training
import java.util.OptionalLong

/**
 * Trains a recipe into a run directory; if it diverges, again from a checkpoint as often as the
 * recipe says. Each time is a training of its own, resumed as after a kill.
 */
internal class TrainingRun(
    private val plan: GamePlan,
    private val engine: Engine,
    private val data: DataSet,
    private val recorded: RecordedRecipe,
    private val words: Words,
    private val terminal: Terminal,
) {
    private val recipe: Recipe = plan.recipe

    /** Whether event files for TensorBoard are written too. */
    var tensorBoard: Boolean = false

    /** Where it stops before its last step, or null. */
    var end: LastStep? = null

    /** Lines for this part of the run, for run.json. */
    var notes: List<String> = emptyList()

    /** The processes that it is the first of; null if it trains alone. */
    var team: Team? = null

    /** What a new run begins with; null for a run of its own. */
    var fork: Fork? = null

    /** The command that goes on with the run if it is stopped; null where no user reads it. */
    var goingOn: String? = null

    /** How a run directory is begun. */
    enum class Start {
        FRESH,
        /** Nothing was kept of an earlier attempt. */
        RESTARTED,
        RESUMED,
    }

    /**
     * Trains.
     *
     * @param begin creates a training with its first weights
     * @param from the step to resume after, or null for the newest
     * @param take takes the directory
     * @param start looks at the directory once it is held
     */
    fun train(begin: () -> Training, from: Long?, take: () -> RunHold, start: () -> Start): Ending =
        // Outermost, because an interrupted JVM may exit as soon as it is closed.
        Interruption().use { interruption ->
            // Before anything is written: a measurement may be impossible.
            val first = Slot(begin().also(::measure))
            take().use { hold ->
                notes.forEach(hold::note)
                joined { attempts(hold, first, start(), from, interruption) }
            }
        }

    /** Where the other processes end too soon, it is said why. */
    private fun joined(train: () -> Ending): Ending {
        val others = team ?: return train()
        return others.explained(train).also { others.finish() }
    }

    private fun attempts(
        hold: RunHold,
        first: Slot,
        start: Start,
        from: Long?,
        interruption: Interruption,
    ): Ending =
        Retries.train(
            hold,
            recipe,
            ::log,
            { back ->
                val next = if (back.isPresent) Start.RESUMED else start
                val step = if (back.isPresent) back.asLong else from
                try {
                    attempt(hold, first, next, step, interruption)
                } finally {
                    interruption.forget()
                }
            },
            { team?.decided(it) },
        )

    /** Gives the first training away, so that its memory is free once it has diverged. */
    private class Slot(private var training: Training?) {
        fun take(): Training? = training.also { training = null }
    }

    private fun attempt(
        hold: RunHold,
        first: Slot,
        start: Start,
        from: Long?,
        interruption: Interruption,
    ): Ending {
        val training = first.take() ?: Training.ofOpened(plan, engine, data).also(::measure)
        team?.join(training)?.forEach {
            log(it)
            hold.note(it)
        }
        interruption.watch(training)
        training.listen(recorder(hold, training, start, from))
        val directory = hold.directory()
        if (tensorBoard) training.listen(TensorBoardListener(directory.tensorboard()))
        if (!terminal.isQuiet) training.listen(progress())
        end?.let(training::listen)
        return training.run().also {
            if (it == Ending.STOPPED) {
                log("stopped after step ${training.progress().step}, checkpoint written")
                goingOn?.let { line -> terminal.error("go on with: $line") }
            }
            terminal.out.println(directory.path)
        }
    }

    private fun progress() =
        if (terminal.isInteractive()) ProgressBarListener(recipe, terminal)
        else ProgressLines(recipe, engine, terminal)

    private fun measure(training: Training) {
        Diagnostics.attach(training)
        words.watch(training)
        ReferenceClassifier(words, terminal)
            .prepare(recipe.evaluate?.extractor, recipe, data, engine)
        measuring { ScheduledEvaluation.attach(training, ::log) }
    }

    private fun recorder(
        hold: RunHold,
        training: Training,
        start: Start,
        from: Long?,
    ): RunRecorder {
        val directory = hold.directory()
        return when (start) {
            Start.RESUMED -> {
                hold.restore(training, from?.let(OptionalLong::of) ?: OptionalLong.empty())
                ResumeCheck.circumstances(directory, training)?.let(terminal::log)
                ResumeCheck.figures(directory, training)?.let(terminal::log)
                ResumeCheck.length(directory, training)
                RunRecorder.resumed(hold, recorded)
            }
            Start.RESTARTED -> {
                val step = fork?.step() ?: 0
                log("${directory.path}: no checkpoint to resume, starting at step $step")
                forked(RunRecorder.restarted(hold, recorded))
            }
            Start.FRESH -> forked(RunRecorder.fresh(hold, recorded))
        }
    }

    private fun forked(recorder: RunRecorder) = fork?.let(recorder::forked) ?: recorder

    /** A line that may be printed at any time of the training. */
    private fun log(line: String) = log(terminal, line)

    companion object {
        /** A line that may be printed at any time of a training. */
        fun log(terminal: Terminal, line: String) =
            if (terminal.isInteractive()) ProgressBarListener.log(terminal, line)
            else terminal.log(line)
    }
}
