package dev.sparring.cli.sweep

import dev.sparring.cli.BadInput
import dev.sparring.cli.ExitCode
import dev.sparring.cli.LoadedRecipe
import dev.sparring.cli.Terminal
import dev.sparring.cli.Words
import dev.sparring.cli.cluster.ClusterOptions
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.dsl.sweep.SweepText
import dev.sparring.file.AtomicFile
import dev.sparring.file.Reason
import dev.sparring.script.GanScriptHost
import dev.sparring.script.RecipeChoice
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

    @Mixin val options: RunsOptions = RunsOptions()

    @Option(
        names = ["--set"],
        paramLabel = "path=value",
        description = ["changes one setting of the base recipe; may be repeated"],
    )
    var overrides: List<String> = emptyList()

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

    @Mixin val verify: VerifyOptions = VerifyOptions()

    @Mixin val cluster: ClusterOptions = ClusterOptions()

    @CommandLine.Spec lateinit var spec: CommandLine.Model.CommandSpec

    override fun call(): Int {
        options.check()
        val chosen = cluster.chosen(spec.commandLine(), options.device, terminal)
        val part = part?.let { SweepPart.of(it, terminal.environment) }
        val words = options.own.words
        val other = if (part != null) "--part" else if (dry) "--dry-run" else null
        val verified = verify.chosen(other, terminal)
        val sweep = read(words)
        SweepChecks.requireText(sweep, words, file)
        val open = OpenRuns(options, chosen, spec.commandLine(), terminal)
        if (verified != null) return verified.train(sweep, words, output, options, open)
        val root = output ?: Path.of("sweeps").resolve(sweep.name)
        val runs = SweepRun.all(sweep, root, words).let { part?.of(it) ?: it }
        options.engines.threads.requireFor(runs.any { it.recipe.train.portable }, terminal::log)
        if (dry) {
            open.list(runs)
            SweepReach.lines(sweep).forEach(terminal.out::println)
            return ExitCode.DONE
        }
        val work = { open.train(runs) { SweepResult.of(it, sweep).line } }
        if (part != null) return train(part, runs, root, work)
        return SweepHold.take(root).use { train(sweep, runs, root, work) }
    }

    private fun read(words: Words): Sweep {
        val changes = overrides + options.engines.changes
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
}
