package dev.sparring.cli

import dev.sparring.cli.TrainingRun.Start
import dev.sparring.cli.defaults.DefaultOption
import dev.sparring.cli.group.Follower
import dev.sparring.cli.group.GroupOptions
import dev.sparring.cli.group.LocalProcesses
import dev.sparring.cli.group.Team
import dev.sparring.data.DataSet
import dev.sparring.file.Sha256
import dev.sparring.lint.Lints
import dev.sparring.lint.Warning.Level
import dev.sparring.plan.GamePlan
import dev.sparring.run.RunData
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunHold
import dev.sparring.tensor.Ability
import dev.sparring.tensor.Engine
import dev.sparring.tensor.GroupAddress
import dev.sparring.train.Ending
import dev.sparring.train.Processes
import dev.sparring.train.Training
import java.nio.file.Path
import java.util.concurrent.Callable
import kotlin.system.exitProcess
import picocli.CommandLine
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

    @Mixin lateinit var group: GroupOptions

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

    @Mixin lateinit var begin: BeginOptions

    @Option(
        names = ["--resume"],
        description = ["go on from the run directory's newest whole checkpoint, if there is one"],
    )
    var resume: Boolean = false

    @Option(
        names = ["--from"],
        paramLabel = "STEP",
        description =
            [
                "with --resume: go on from the checkpoint of this step; what the run has of later " +
                    "steps is moved into a folder of it, aside-1"
            ],
    )
    var from: Long? = null

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

    @Option(names = [STOP_AFTER], hidden = true) var stopAfter: Long? = null

    @Option(names = [RETRIES], hidden = true) var retries: Int = 0

    @Option(names = [DATA], hidden = true) var fingerprint: String? = null

    @Option(names = [NOTE], hidden = true) var notes: List<String> = emptyList()

    @Option(names = [END_WITH_PARENT], hidden = true) var endWithParent: Boolean = false

    @Option(names = [WAIT], hidden = true) var wait: Long = 0

    @CommandLine.Spec lateinit var spec: CommandLine.Model.CommandSpec

    override fun call(): Int {
        if (endWithParent) ChildJvm.endWithParent(System.`in`.bufferedReader(), ::exitProcess)
        val address = group.address(terminal.environment)
        group.shareProcessors(engines.threads)
        engines.device = group.device(engines.device, terminal.environment)
        if (address != null && address.rank > 0) terminal.isQuiet = true
        group.unasked(terminal.environment)?.let(terminal::log)
        val changes =
            listOfNotNull(seed?.let { "train.seed=$it" }, steps?.let { "train.steps=$it" }) +
                engines.changes
        val loaded = source.load(changes)
        val recipe = loaded.recipe
        val plan = loaded.plan()
        val here = if (group.isLocal) address?.size ?: 1 else 1
        if (!ignoreMemory) {
            val memory = MemoryCheck(plan, engines)
            memory.requireEnough("${source.file}", terminal::log, processes = here)
        }
        if (address != null) {
            requireShared(plan, address.size)
            if (address.rank > 0) return follow(loaded, plan, address)
        }
        warn(plan)
        val directory =
            output?.let(::RunDirectory)
                ?: RunDirectory.standard(Path.of("runs"), recipe.name, recipe.train.seed)
        if (from != null && !resume) {
            throw BadInput("--from: goes with --resume")
        }
        FreeRun.await(directory, wait, terminal::log)
        val resuming = isResumable(directory)
        checkDirectory(directory, loaded, resuming)
        // Before data and engine: they take longer.
        val first = begin.open(resuming)
        engines.open(recipe.train, terminal::log).use { engine ->
            val team = address?.let { team(engine, it, loaded, plan) }
            return team.use { train(loaded, plan, engine, directory, resuming, first, it) }
        }
    }

    private fun requireShared(plan: GamePlan, processes: Int) {
        Processes.whyNot(plan, processes).ifPresent { throw BadInput("${source.file}: $it") }
    }

    /** Trains as one of several, but not the first. */
    private fun follow(loaded: LoadedRecipe, plan: GamePlan, address: GroupAddress): Int =
        engines.open(plan.recipe.train, terminal::log).use { engine ->
            Team.of(engine, address, same(loaded, plan), null).use { team ->
                val data = plan.recipe.openData(terminal::log)
                requireData(data)
                when (Follower(plan, engine, data, team).train()) {
                    Ending.DIVERGED -> ExitCode.DIVERGED
                    Ending.STOPPED -> ExitCode.INTERRUPTED
                    else -> ExitCode.DONE
                }
            }
        }

    /** Waits for the other processes; on this machine, they are started first. */
    private fun team(
        engine: Engine,
        address: GroupAddress,
        loaded: LoadedRecipe,
        plan: GamePlan,
    ): Team {
        val others =
            if (!group.isLocal || Ability.GROUPS !in engine.abilities()) null
            else
                LocalProcesses.start(
                    address,
                    engines.threads.threads,
                    GoingOn.member(spec.commandLine(), defaults()),
                    terminal::error,
                )
        try {
            return Team.of(engine, address, same(loaded, plan), others)
        } catch (e: RuntimeException) {
            others?.close()
            throw e
        }
    }

    /** What all processes have to have alike. */
    private fun same(loaded: LoadedRecipe, plan: GamePlan): Map<String, String> {
        val recorded = loaded.recorded(plan.recipe)
        val script = recorded.script().map { it.code() }.orElse("")
        return mapOf(
            "recipe" to Sha256.of(recorded.text().toByteArray()).take(SHOWN),
            "script" to Sha256.of(script.toByteArray()).take(SHOWN),
            "jars" to recorded.words().joinToString { it.sha256().take(SHOWN) },
        )
    }

    private fun isResumable(directory: RunDirectory) =
        resume && (from != null || directory.latest().isPresent)

    /** Only a count; `sparring check` prints the details. */
    private fun warn(plan: GamePlan) {
        val count = Lints.check(plan, source.words.lints()).count { it.level == Level.WARNING }
        if (count > 0) {
            val warnings = if (count == 1) "1 warning" else "$count warnings"
            terminal.log("$warnings about this recipe; see: sparring check ${source.file}")
        }
    }

    private fun checkDirectory(directory: RunDirectory, loaded: LoadedRecipe, resuming: Boolean) {
        requireWritable(directory.path)
        begin.check(directory, resuming)
        if (resuming) {
            ResumeCheck.sameRecipe(directory, loaded, source.words)
        } else if (directory.isUsed && !resume) {
            throw BadInput(
                "${directory.path}: has a run already; --resume goes on with it, --out names another place"
            )
        } else if (resume) {
            ResumeCheck.sameRecipe(directory, loaded, source.words)
        }
    }

    private fun train(
        loaded: LoadedRecipe,
        plan: GamePlan,
        engine: Engine,
        directory: RunDirectory,
        resuming: Boolean,
        first: Beginning,
        team: Team?,
    ): Int {
        val recipe = plan.recipe
        val data = recipe.openData(terminal::log)
        requireData(data)
        if (resuming) RunData.require(directory, data)
        val end = stopAfter?.let { LastStep(it, retries, if (team == null) 0 else 1) }
        val recorded = begin.recorded(loaded.recorded(recipe))
        val run = TrainingRun(plan, engine, data, recorded, source.words, terminal)
        run.tensorBoard = tensorBoard
        run.team = team
        run.end = end
        run.fork = first.fork
        if (!endWithParent) run.goingOn = GoingOn.train(spec.commandLine(), defaults())
        run.notes = notes + defaults().map { it.line }
        val ending =
            run.train(
                { Training.ofOpened(plan, engine, data).also { first.of(it, terminal::log) } },
                from,
                { RunHold.of(directory) { TrainingRun.log(terminal, it) } },
                {
                    // Another training may have written here since the first look.
                    val now = isResumable(directory)
                    if (now != resuming) checkDirectory(directory, loaded, now)
                    if (now) Start.RESUMED
                    else if (resume && directory.isUsed) Start.RESTARTED else Start.FRESH
                },
            )
        val isMeant = end?.isReached == true
        return if (ending == Ending.STOPPED && !isMeant) ExitCode.INTERRUPTED else ExitCode.DONE
    }

    /** Those of the user that count: threads yield to a portable recipe. */
    private fun defaults() =
        terminal.defaults.filter {
            it.option != DefaultOption.THREADS || engines.threads.threads != null
        }

    /** For a run that is repeated: refuses other data before the first step. */
    private fun requireData(data: DataSet) {
        if (fingerprint != null && fingerprint != data.fingerprint()) {
            throw BadInput(
                "the data is not the run's: it has SHA-256 ${data.fingerprint()}, the run was " +
                    "trained with $fingerprint"
            )
        }
    }

    companion object {
        /** So much of a SHA-256 is shown. */
        private const val SHOWN = 16

        /** For programs that start this command in a process of its own. */
        const val END_WITH_PARENT = "--end-with-parent"

        /** For a run that is repeated up to a step, with rates of the whole. */
        const val STOP_AFTER = "--stop-after"

        /** For a run that is repeated: how often it has to be retried before it may stop so. */
        const val RETRIES = "--after-retries"

        /** For a run of a sweep: a line for its run.json. */
        const val NOTE = "--note"

        /**
         * For a run on a cluster: how many seconds a process that had it, and whose machine is
         * thought to be lost, has to write its checkpoint and end.
         */
        const val WAIT = "--wait-for-run"

        /** For a run that is repeated: the SHA-256 of its data. */
        const val DATA = "--data-sha256"
    }
}
