package dev.sparring.jupyter

import dev.sparring.classify.ClassifierCache
import dev.sparring.data.DataSet
import dev.sparring.diagnose.Diagnostics
import dev.sparring.dsl.RecipeText
import dev.sparring.eval.ScheduledEvaluation
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.ClassifierFeatures
import dev.sparring.run.RecordedRecipe
import dev.sparring.run.Retries
import dev.sparring.run.RunData
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.run.RunHold
import dev.sparring.run.RunRecorder
import dev.sparring.tensor.Engine
import dev.sparring.train.Ending
import dev.sparring.train.Observers
import dev.sparring.train.Training
import java.util.OptionalLong

/**
 * Trains a planned recipe into a run directory; if it diverges, again from a checkpoint as often as
 * the recipe says.
 *
 * @param resume goes on with the run that the directory has
 */
internal class TrainingJob(
    private val plan: GamePlan,
    private val engine: EngineOpener,
    private val directory: RunDirectory,
    private val recorded: RecordedRecipe,
    private val resume: Boolean,
) {
    private val recipe = plan.recipe()
    @Volatile private var training: Training? = null
    @Volatile private var isStopped = false

    /** Ends it after its current step; from any thread. */
    fun requestStop() {
        isStopped = true
        training?.requestStop()
    }

    fun run(): Ending {
        if (resume) requireSame()
        return engine.toTrain(recipe.train).use { engine ->
            val data = recipe.openData(::println)
            if (resume) RunData.require(directory, data)
            RunHold.of(directory, ::println).use { attempts(it, engine, data) }
        }
    }

    private fun requireSame() {
        val text = RecordedRecipe.read(directory).text()
        // Of a program's recipe there is none: the checkpoint's tensors are compared all the same.
        if (text.isEmpty()) return
        val begun = RecipeText.fromYaml(text, "${directory.recipe()}").resolved()
        if (begun.train(begun.train.steps(recipe.train.steps)).output(recipe.output) != recipe) {
            throw RunException(
                "${directory.path}: was begun with another recipe; only train.steps and output " +
                    "may change with resume = true"
            )
        }
    }

    private fun attempts(hold: RunHold, engine: Engine, data: DataSet): Ending =
        Retries.train(hold, recipe, ::println) { back ->
            attempt(hold, engine, data, resume || back.isPresent, back)
        }

    /** The command line has it trained in a process of its own instead, as on other machines. */
    private fun sayIfOwnClassifier(engine: Engine, data: DataSet) {
        if (
            recipe.evaluate?.extractor is ClassifierFeatures &&
                !ClassifierCache.isReference(engine) &&
                !ClassifierCache.standard {}.hasReference(data)
        ) {
            println(
                "the classifier is not trained as elsewhere, so figures compare where its " +
                    "weights are equal only"
            )
        }
    }

    private fun attempt(
        hold: RunHold,
        engine: Engine,
        data: DataSet,
        resumes: Boolean,
        from: OptionalLong,
    ): Ending {
        val next = Training.ofOpened(plan, engine, data)
        Diagnostics.attach(next)
        Observers.attach(next, Thread.currentThread().contextClassLoader)
        sayIfOwnClassifier(engine, data)
        try {
            ScheduledEvaluation.attach(next, ::println)
        } catch (e: IllegalArgumentException) {
            throw RunException("evaluate: ${e.message}", e)
        }
        if (resumes) hold.restore(next, from)
        next.listen(
            if (resumes) RunRecorder.resumed(hold, recorded) else RunRecorder.fresh(hold, recorded)
        )
        training = next
        // Asked for while there was none.
        if (isStopped) next.requestStop()
        return next.run()
    }
}
