package dev.sparring.cli.sweep

import dev.sparring.cli.BadInput
import dev.sparring.cli.EngineOptions
import dev.sparring.cli.ExitCode
import dev.sparring.cli.GoingOn
import dev.sparring.cli.LoadedRecipe
import dev.sparring.cli.Terminal
import dev.sparring.cli.TrainCommand
import dev.sparring.cli.WordOptions
import dev.sparring.cli.Words
import dev.sparring.cli.cluster.ClusterOptions
import dev.sparring.cli.cluster.ClusterOrder
import dev.sparring.cli.cluster.ClusterTrainer
import dev.sparring.cli.parseDevice
import dev.sparring.cli.requireEngine
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.dsl.sweep.SweepText
import dev.sparring.file.AtomicFile
import dev.sparring.file.Reason
import dev.sparring.script.GanScriptHost
import dev.sparring.script.RecipeChoice
import dev.sparring.tensor.Device
import java.io.IOException
import java.nio.file.Path
import java.util.concurrent.Callable
import kotlin.io.path.name
import picocli.CommandLine
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "sweep",
    description =
        [
            "Trains a recipe in variations, each with several seeds, and writes a table.",
            "Started again, it resumes; finished runs are not repeated.",
        ],
    mixinStandardHelpOptions = true,
)
internal class SweepCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(
        paramLabel = "SWEEP",
        description =
            ["a .yaml or .json file: recipe, axes, seeds; or a .gan.kts that ends with sweep { }"],
    )
    lateinit var file: Path

    @Mixin lateinit var engines: EngineOptions

    @Mixin val own: WordOptions = WordOptions()

    @Option(
        names = ["--set"],
        paramLabel = "path=value",
        description = ["changes one setting of the base recipe; may be repeated"],
    )
    var overrides: List<String> = emptyList()

    @Option(
        names = ["--jobs"],
        paramLabel = "N",
        description = ["runs at a time, which share the processors, or the --threads (default: 1)"],
    )
    var jobs: Int = 1

    @Option(
        names = ["--out"],
        paramLabel = "DIR",
        description = ["where runs and tables go (default: sweeps/NAME)"],
    )
    var output: Path? = null

    @Option(
        names = ["--dry-run"],
        description = ["prints the runs and what comparisons can show, and trains none"],
    )
    var dry: Boolean = false

    @Option(
        names = ["--part"],
        paramLabel = "K/N",
        description =
            [
                "trains every N-th run from the K-th, and writes no table: for the queue of a " +
                    "cluster; auto takes K and N from SLURM_ARRAY_TASK_ID and _COUNT, or " +
                    "JOB_COMPLETION_INDEX and JOB_COMPLETIONS"
            ],
    )
    var part: String? = null

    @Mixin val cluster: ClusterOptions = ClusterOptions()

    @CommandLine.Spec lateinit var spec: CommandLine.Model.CommandSpec

    override fun call(): Int {
        if (jobs !in 1..MOST_JOBS) throw BadInput("--jobs must be 1 to $MOST_JOBS, got $jobs")
        requireEngine(engines.engine)
        val device = parseDevice(engines.device)
        cluster.check(spec.commandLine(), device, terminal)
        val part = part?.let { SweepPart.of(it, terminal.environment) }
        val words = own.words
        val sweep = read(words)
        SweepChecks.requireText(sweep, words, file)
        val root = output ?: Path.of("sweeps").resolve(sweep.name)
        val runs = SweepRun.all(sweep, root, words).let { part?.of(it) ?: it }
        engines.threads.requireFor(runs.any { it.recipe.train.portable }, terminal::log)
        if (dry) {
            for ((run, state) in states(runs, device)) {
                terminal.out.println("${run.title}: ${state.word}, ${run.directory.path}")
            }
            SweepReach.lines(sweep).forEach(terminal.out::println)
            return ExitCode.DONE
        }
        val work = { trainOpen(sweep, runs, device) }
        if (part != null) return train(part, runs, root, work)
        return SweepHold.take(root).use { train(sweep, runs, root, work) }
    }

    private fun read(words: Words): Sweep {
        val changes = overrides + engines.changes
        if (!RecipeChoice.isScript(file)) {
            return SweepText.read(file, changes, words.format) {
                LoadedRecipe.read(it, emptyList(), words).recipe
            }
        }
        val script = GanScriptHost(words.paths, words.loader).open(file)
        val name = file.name.removeSuffix(".gan.kts")
        val definition = script.sweep()
        return SweepText.of(definition, "$file", name, changes, words.format, script::column)
    }

    private fun states(runs: List<SweepRun>, device: Device) =
        runs.map { it to it.state(engines.engine, "$device") }

    /**
     * The runs of a part. Only their own directories are locked, so that parts work side by side;
     * the same command without a part writes the table.
     */
    private fun train(
        part: SweepPart,
        runs: List<SweepRun>,
        root: Path,
        work: () -> List<String>?,
    ): Int {
        if (runs.isEmpty()) {
            terminal.log("$part has no runs: there are fewer runs than parts")
            return ExitCode.DONE
        }
        SweepHold.begin(root)
        val failures = work() ?: return ExitCode.INTERRUPTED
        failures.forEach(terminal::error)
        if (failures.isNotEmpty()) return ExitCode.BAD_INPUT
        terminal.log("$part: ${runs.size} runs are finished")
        terminal.log("once all parts are, the same command without --part writes the table")
        return ExitCode.DONE
    }

    private fun train(
        sweep: Sweep,
        runs: List<SweepRun>,
        root: Path,
        work: () -> List<String>?,
    ): Int {
        runs.forEach(SweepHold::requireNoPart)
        val failures = work() ?: return ExitCode.INTERRUPTED
        failures.forEach(terminal::error)
        // A part may have begun its next run meanwhile; a table would count it as failed.
        runs.forEach(SweepHold::requireNoPart)
        val table = SweepTable(sweep, runs.map { SweepResult.of(it, sweep) })
        try {
            AtomicFile.writeText(root.resolve("table.csv"), table.csv())
            AtomicFile.writeText(root.resolve("runs.csv"), table.runsCsv())
            table.components.csv()?.let { AtomicFile.writeText(root.resolve("variance.csv"), it) }
        } catch (e: IOException) {
            throw BadInput(Reason.line(e, root, "cannot be written"), e)
        }
        terminal.out.print(table.text())
        terminal.out.print(table.components.text())
        return if (failures.isEmpty()) ExitCode.DONE else ExitCode.BAD_INPUT
    }

    /** Trains those that are not finished. */
    private fun trainOpen(sweep: Sweep, runs: List<SweepRun>, device: Device): List<String>? {
        val (over, rest) = states(runs, device).partition { it.second == SweepRun.State.OVER }
        if (over.isNotEmpty()) terminal.log("${over.size} of ${runs.size} runs are finished")
        val open = rest.map { it.first }
        if (open.isEmpty()) return emptyList()
        return trainer(sweep, open, device).train(open) {
            terminal.error(
                "stopped; go on with: ${GoingOn.again(spec.commandLine(), terminal.defaults)}"
            )
        }
    }

    /** Checks what would fail in every run, and returns what trains them. */
    private fun trainer(sweep: Sweep, runs: List<SweepRun>, device: Device): SweepTrainer {
        SweepChecks.requireData(runs, terminal::log)
        val notes = terminal.defaults.flatMap { listOf(TrainCommand.NOTE, it.line) }
        val options =
            listOf("--engine", engines.engine, "--device", "$device") + own.words.options + notes
        val threads = engines.threads.threads
        val master = cluster.spark
        if (master != null) {
            // Its machines are others than this one: they say themselves what they lack.
            val needsCard = device.kind() != Device.Kind.CPU
            val order = ClusterOrder(master, cluster.map(), threads, needsCard, terminal::log)
            return ClusterTrainer(cluster.cluster(), order, options, terminal) {
                SweepResult.of(it, sweep).line
            }
        }
        SweepChecks.requireEngine(runs, engines, device, terminal::log)
        val together = minOf(jobs, runs.size)
        threads?.let { requireShared(it, together) }
        return SweepPool(together, options, terminal::log)
    }

    private fun requireShared(threads: Int, together: Int) {
        if (threads < together) {
            throw BadInput(
                "--threads: $threads cannot be shared by --jobs $together; each needs one"
            )
        }
        if (together > 1) terminal.log("${threads / together} threads for each of $together runs")
    }

    private companion object {
        const val MOST_JOBS = 256
    }
}
