package dev.sparring.cli.autopsy

import dev.sparring.cli.BadInput
import dev.sparring.cli.ExitCode
import dev.sparring.cli.Terminal
import dev.sparring.cli.ThreadCount
import dev.sparring.cli.ThreadsOption
import dev.sparring.cli.Unmatched
import dev.sparring.cli.WordOptions
import dev.sparring.cli.autopsy.change.Change
import dev.sparring.cli.autopsy.change.Changes
import dev.sparring.cli.autopsy.change.OtherSeed
import dev.sparring.cli.existingRun
import dev.sparring.cli.reproduce.RecordedRun
import dev.sparring.cli.sweep.OpenRuns
import dev.sparring.cli.sweep.RunsOptions
import dev.sparring.cli.sweep.SweepHold
import dev.sparring.file.AtomicFile
import dev.sparring.file.Reason
import dev.sparring.report.Reports
import dev.sparring.run.Circumstances
import dev.sparring.run.RunHold
import java.io.IOException
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "autopsy",
    description =
        [
            "Finds out what would have saved a run that diverged or has findings: goes back to " +
                "the newest whole checkpoint before that, and from there trains the run again " +
                "unchanged, and with one change each.",
            "Says which change avoids it, which postpones it, and whether another seed alone " +
                "does. Started again, it resumes; finished variants are not repeated.",
            "Exit code ${ExitCode.DIFFERENT}: the unchanged run does not show it again, so nothing " +
                "is proven.",
        ],
    mixinStandardHelpOptions = true,
)
internal class AutopsyCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(paramLabel = "RUN", description = ["a run directory"]) lateinit var folder: Path

    @Option(
        names = ["--at"],
        paramLabel = "STEP",
        description = ["the step of the finding or divergence that is meant (default: the first)"],
    )
    var at: Long? = null

    @Option(
        names = ["--retry"],
        paramLabel = "N",
        description =
            ["instead of --at: the divergence after which the run went back the N-th time"],
    )
    var retry: Int? = null

    @Option(
        names = ["--from"],
        paramLabel = "STEP",
        description = ["of the checkpoint to go back to (default: the newest before the finding)"],
    )
    var from: Long? = null

    @Option(
        names = ["--steps"],
        paramLabel = "N",
        description =
            [
                "of each variant (default: twice as many as the finding took, and at least " +
                    "${Autopsy.FEW}; never beyond the recipe's last)"
            ],
    )
    var steps: Long? = null

    @Option(
        names = ["--seeds"],
        paramLabel = "N",
        description = ["other seeds that are tried, with nothing else changed (default: 3)"],
    )
    var seeds: Int = 3

    @Option(
        names = ["--only"],
        paramLabel = "CHANGE",
        description =
            [
                "tries this change and not all of them, by its folder's name, such as " +
                    "rate-of-d-half; other seeds are still tried; may be repeated"
            ],
    )
    var only: List<String> = emptyList()

    @Option(
        names = ["--jobs"],
        paramLabel = "N",
        description = ["variants at a time, each with the run's threads (default: 1)"],
    )
    var jobs: Int = 1

    @Option(
        names = [ThreadsOption.NAME],
        paramLabel = "N",
        converter = [ThreadCount::class],
        description = ["of each variant, instead of the run's"],
    )
    var threads: Int? = null

    @Option(
        names = ["--out"],
        paramLabel = "DIR",
        description = ["where variants and the table go (default: RUN/${Reports.AUTOPSY})"],
    )
    var output: Path? = null

    @Option(
        names = ["--dry-run"],
        description = ["prints the variants and how many steps they take, and trains none"],
    )
    var dry: Boolean = false

    @Mixin val own: WordOptions = WordOptions()

    @CommandLine.Spec lateinit var spec: CommandLine.Model.CommandSpec

    override fun call(): Int {
        if (seeds !in 0..MOST_SEEDS) throw BadInput("--seeds must be 0 to $MOST_SEEDS, got $seeds")
        if (steps?.let { it < 1 } == true) throw BadInput("--steps must be at least 1, got $steps")
        val words = own.words
        val run = existingRun(folder)
        RunHold.requireFree(run)
        val recorded = RecordedRun.of(run, words)
        if (threads != null && recorded.isPortable) throw BadInput(ThreadsOption.PORTABLE)
        val autopsy = Autopsy.of(recorded, run, Autopsy.Choice(at, retry), from, steps)
        words.format.unwritable(recorded.loaded.recipe).firstOrNull()?.let {
            throw BadInput("$folder: recipe: $it; the variants of an autopsy need it")
        }
        val root = output ?: folder.resolve(Reports.AUTOPSY)
        val (variants, leftOut) = autopsy.variants(changes(), root, words, threads)
        val open = OpenRuns(options(autopsy), null, spec.commandLine(), terminal)
        val cost = AutopsyCost.lines(autopsy, variants.size)
        if (dry) {
            cost.forEach(terminal.out::println)
            open.states(variants.map { it.run }).zip(variants).forEach { (run, variant) ->
                val change = variant.settings.ifEmpty { "nothing changed" }
                terminal.out.println("${run.first.title}: ${run.second.word}: $change")
            }
            leftOut.forEach { terminal.out.println("left out: ${it.change.title}: ${it.reason}") }
            return ExitCode.DONE
        }
        cost.forEach(terminal::log)
        return SweepHold.take(root).use { train(autopsy, variants, leftOut, root, open) }
    }

    private fun changes(): List<Change> {
        val all = Changes.all(seeds)
        if (only.isEmpty()) return all
        val others = all.filterNot { it is OtherSeed }
        val names = others.map { it.name }
        only
            .find { it !in names }
            ?.let {
                throw BadInput(
                    "--only: no change '$it'; there is ${names.joinToString()}" +
                        Unmatched.meant(it, names)
                )
            }
        return all.filter { it is OtherSeed || it.name in only }
    }

    /** On what the run was trained; variants bring their own threads. */
    private fun options(autopsy: Autopsy): RunsOptions {
        val options = RunsOptions(own)
        options.engines.engine = autopsy.part.engine
        options.engines.device = autopsy.part.device
        options.jobs = jobs
        options.check()
        return options
    }

    /** The control comes first: if it does not show what the run did, the others prove nothing. */
    private fun train(
        autopsy: Autopsy,
        variants: List<Autopsy.Variant>,
        leftOut: List<Autopsy.LeftOut>,
        root: Path,
        open: OpenRuns,
    ): Int {
        val control = variants.first()
        val failures = open.train(listOf(control.run)) { "" } ?: return ExitCode.INTERRUPTED
        if (failures.isNotEmpty()) return failed(failures)
        val first = Outcome.of(autopsy, control, null)
        val step = first.step
        if (step == null) {
            val table = AutopsyTable(autopsy, listOf(first), leftOut, root)
            write(table, root)
            table.sentences().forEach(terminal.out::println)
            circumstances(autopsy, control).forEach(terminal.out::println)
            return ExitCode.DIFFERENT
        }
        val others = variants.drop(1)
        val more = open.train(others.map { it.run }) { "" } ?: return ExitCode.INTERRUPTED
        val outcomes = listOf(first) + others.map { Outcome.of(autopsy, it, step) }
        val table = AutopsyTable(autopsy, outcomes, leftOut, root)
        write(table, root)
        terminal.out.print(table.text())
        return if (more.isEmpty()) ExitCode.DONE else failed(more)
    }

    private fun failed(failures: List<String>): Int {
        failures.forEach(terminal::error)
        return ExitCode.BAD_INPUT
    }

    private fun write(table: AutopsyTable, root: Path) {
        try {
            AtomicFile.writeText(root.resolve(Reports.AUTOPSY_TABLE), table.csv())
        } catch (e: IOException) {
            throw BadInput(Reason.line(e, root, "cannot be written"), e)
        }
    }

    /** What may be why the control came out otherwise. */
    private fun circumstances(autopsy: Autopsy, control: Autopsy.Variant): List<String> {
        val now = Circumstances.recorded(control.run.directory).lastOrNull()?.circumstances
        val changes = now?.let { autopsy.part.circumstances.differences(it) }.orEmpty()
        return if (changes.isEmpty()) {
            listOf("nothing that is recorded differs between the two trainings")
        } else listOf("between the two trainings differ:") + changes.map { "  $it" }
    }

    private companion object {
        const val MOST_SEEDS = 100
    }
}
