package dev.sparring.cli

import dev.sparring.diagnose.Diagnostics
import dev.sparring.eval.ScheduledEvaluation
import dev.sparring.lint.Lints
import dev.sparring.lint.Warning.Level
import dev.sparring.plan.GamePlan
import dev.sparring.random.Seed
import dev.sparring.recipe.Recipe
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunRecorder
import dev.sparring.run.Runs
import dev.sparring.safetensors.Safetensors
import dev.sparring.tensor.Engine
import dev.sparring.tensorboard.TensorBoardListener
import dev.sparring.train.Ending
import dev.sparring.train.Training
import java.nio.file.Path
import java.util.concurrent.Callable
import kotlin.system.exitProcess
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option

@Command(
    name = "train",
    description = ["Trains a recipe and prints the run directory."],
    mixinStandardHelpOptions = true,
)
internal class TrainCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin lateinit var source: RecipeOptions

    @Mixin lateinit var engines: EngineOptions

    @Option(names = ["--seed"], paramLabel = "N", description = ["instead of the recipe's"])
    var seed: Long? = null

    @Option(names = ["--steps"], paramLabel = "N", description = ["instead of the recipe's"])
    var steps: Int? = null

    @Option(
        names = ["--out"],
        paramLabel = "DIR",
        description = ["the run directory (default: runs/NAME/seed-N)"],
    )
    var output: Path? = null

    @Option(
        names = ["--init"],
        paramLabel = "WEIGHTS.safetensors",
        description = ["first weights of parameters by name, instead of drawing them"],
    )
    var weights: Path? = null

    @Option(
        names = ["--resume"],
        description = ["go on from the run directory's newest checkpoint, if there is one"],
    )
    var resume: Boolean = false

    @Option(
        names = ["--tensorboard"],
        description = ["also write event files for TensorBoard, into tensorboard/ of the run"],
    )
    var tensorBoard: Boolean = false

    @Option(
        names = ["--ignore-memory"],
        description = ["train even if the machine seems to have too little memory for it"],
    )
    var ignoreMemory: Boolean = false

    @Option(names = [END_WITH_PARENT], hidden = true) var endWithParent: Boolean = false

    override fun call(): Int {
        if (endWithParent) ChildJvm.endWithParent(System.`in`.bufferedReader(), ::exitProcess)
        val changes =
            listOfNotNull(seed?.let { "train.seed=$it" }, steps?.let { "train.steps=$it" })
        val loaded = source.load(changes)
        val recipe = loaded.recipe
        val plan = loaded.plan()
        if (!ignoreMemory) MemoryCheck(plan, engines).requireEnough("${source.file}")
        warn(plan)
        val directory =
            output?.let(::RunDirectory)
                ?: RunDirectory.standard(Path.of("runs"), recipe.name, recipe.train.seed)
        val resuming = resume && directory.latest().isPresent
        checkDirectory(directory, loaded, resuming)
        engines.open(recipe.train.precision).use { engine ->
            return train(loaded, plan, engine, directory, resuming)
        }
    }

    /** Only a count; `sparring check` prints the details. */
    private fun warn(plan: GamePlan) {
        val count = Lints.check(plan, source.words.lints()).count { it.level == Level.WARNING }
        if (count > 0) {
            val warnings = if (count == 1) "1 warning" else "$count warnings"
            terminal.log("$warnings about this recipe; see: sparring check ${source.file}")
        }
    }

    private fun checkDirectory(directory: RunDirectory, loaded: LoadedRecipe, resuming: Boolean) {
        if (resuming) {
            if (weights != null) {
                throw BadInput(
                    "--init: a resumed run has its weights already; leave one option out"
                )
            }
            ResumeCheck.sameRecipe(directory, loaded, source.words)
        } else if (directory.isUsed && !resume) {
            throw BadInput(
                "${directory.path}: has a run already; --resume goes on with it, --out names another place"
            )
        } else if (resume) {
            terminal.log("${directory.path}: no checkpoint to resume, starting at step 0")
            ResumeCheck.sameRecipe(directory, loaded, source.words)
        }
    }

    private fun train(
        loaded: LoadedRecipe,
        plan: GamePlan,
        engine: Engine,
        directory: RunDirectory,
        resuming: Boolean,
    ): Int {
        val recipe = plan.recipe
        val data = recipe.data.open(Seed(recipe.train.seed), terminal::log)
        val training = Training.of(plan, engine, data)
        weights?.let { file ->
            val own = training.networks().values.map { it.plan().name() }
            val targets = own.flatMap { training.tensors().getValue(it).entries }
            Safetensors.open(file).restore(targets.associate { it.key to it.value }, engine, false)
        }
        val recorded = loaded.recorded(recipe)
        val recorder =
            if (resuming) {
                Runs.latest(directory).restore(training)
                checkLength(training, directory)
                RunRecorder.resumed(directory, recorded)
            } else if (resume) {
                RunRecorder.restarted(directory, recorded)
            } else {
                RunRecorder.fresh(directory, recorded)
            }
        Diagnostics.attach(training)
        source.words.watch(training)
        measuring { ScheduledEvaluation.attach(training, ::log) }
        training.listen(recorder)
        if (tensorBoard) training.listen(TensorBoardListener(directory.tensorboard()))
        training.listen(progress(recipe, engine))
        val ending =
            Interruption(training).use {
                // Inside, because an interrupted JVM may exit as soon as this is closed.
                training.run().also {
                    if (it == Ending.STOPPED) terminal.log(stopped(training))
                    terminal.out.println(directory.path)
                }
            }
        return if (ending == Ending.STOPPED) ExitCode.INTERRUPTED else ExitCode.DONE
    }

    private fun checkLength(training: Training, directory: RunDirectory) {
        val done = training.progress().step
        val wanted = training.recipe().train.steps
        if (done > wanted) {
            throw BadInput(
                "${directory.path}: has done $done steps already, train.steps is $wanted"
            )
        }
    }

    private fun stopped(training: Training) =
        "stopped after step ${training.progress().step}, checkpoint written"

    /** A line that may be printed at any time of the training. */
    private fun log(line: String) =
        if (terminal.isInteractive()) ProgressBarListener.log(terminal, line)
        else terminal.log(line)

    private fun progress(recipe: Recipe, engine: Engine) =
        if (terminal.isInteractive()) ProgressBarListener(recipe, terminal)
        else ProgressLines(recipe, engine, terminal)

    companion object {
        /** For programs that start this command in a process of its own. */
        const val END_WITH_PARENT = "--end-with-parent"
    }
}
