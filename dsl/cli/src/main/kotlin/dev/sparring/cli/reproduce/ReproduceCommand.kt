package dev.sparring.cli.reproduce

import dev.sparring.cli.BadInput
import dev.sparring.cli.BeginOptions
import dev.sparring.cli.ExitCode
import dev.sparring.cli.ScratchFolder
import dev.sparring.cli.Terminal
import dev.sparring.cli.ThreadCount
import dev.sparring.cli.ThreadsOption
import dev.sparring.cli.WordOptions
import dev.sparring.cli.existingRun
import dev.sparring.file.RegularFile
import dev.sparring.file.Sha256
import dev.sparring.process.NativeProcess
import dev.sparring.run.Circumstances
import dev.sparring.run.Fork
import dev.sparring.run.RunDirectory
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "reproduce",
    description =
        [
            "Trains a run again, from its run.json and recipe, and compares every figure, tensor " +
                "and picture with it, up to the last step that it has kept.",
            "Says that all are equal, or which are the first that differ, with both values, and " +
                "what differs between the two trainings: threads, processor, kernels, versions.",
            "Exit code 0: all equal; ${ExitCode.DIFFERENT}: something differs.",
        ],
    mixinStandardHelpOptions = true,
)
internal class ReproduceCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(paramLabel = "RUN", description = ["a run directory"]) lateinit var run: Path

    @Option(
        names = ["--init"],
        paramLabel = "WEIGHTS.safetensors",
        description = ["the file of first weights, if the run was trained with one"],
    )
    var weights: Path? = null

    @Option(
        names = [BeginOptions.FORK],
        paramLabel = "RUN",
        description = ["the checkpoint that the run was forked from, if it was"],
    )
    var fork: Path? = null

    @Option(
        names = [ThreadsOption.NAME],
        paramLabel = "N",
        converter = [ThreadCount::class],
        description = ["instead of the run's, to see whether the number matters"],
    )
    var threads: Int? = null

    @Option(
        names = ["--out"],
        paramLabel = "DIR",
        description = ["keeps the second run there (default: a folder that is deleted)"],
    )
    var output: Path? = null

    @Mixin val own: WordOptions = WordOptions()

    override fun call(): Int {
        val directory = existingRun(run)
        output?.let(::requireUnused)
        val recorded = RecordedRun.of(directory, own.words)
        check(recorded)
        val place = output
        if (place != null) return reproduce(directory, recorded, RunDirectory(place))
        return ScratchFolder.use(null, "sparring-reproduce-", terminal::log) {
            reproduce(directory, recorded, RunDirectory(it.resolve("run")))
        }
    }

    private fun requireUnused(place: Path) {
        if (RunDirectory(place).isUsed) {
            throw BadInput("--out: $place: has a run already; name another place")
        }
    }

    private fun check(recorded: RecordedRun) {
        if (threads != null && recorded.isPortable) throw BadInput(ThreadsOption.PORTABLE)
        if (recorded.lastKept == 0L) {
            terminal.log("$run: has kept nothing but its beginning, step 0, to compare")
        }
        val file = weights
        val init = recorded.init
        if (init == null) {
            if (file != null) {
                throw BadInput("--init: the run did not begin with weights out of a file")
            }
        } else if (file == null) {
            throw BadInput(
                "$run: began with weights out of ${init.name} of SHA-256 ${init.sha256}; " +
                    "add --init ${init.name}"
            )
        } else {
            RegularFile.problem(file).ifPresent { throw BadInput("--init: $file: $it") }
            val found = Sha256.of(file)
            if (found != init.sha256) {
                throw BadInput(
                    "--init: $file has SHA-256 $found, the run began with ${init.sha256}"
                )
            }
        }
    }

    private fun checkFork(recorded: RecordedRun): Path? {
        val given = fork
        val origin = recorded.fork
        if (origin == null) {
            if (given != null) throw BadInput("${BeginOptions.FORK}: the run was not forked")
            return null
        }
        val place = RunDirectory(Path.of(origin.run)).checkpoint(origin.step).path()
        if (given == null) {
            throw BadInput(
                "$run: was forked from ${origin.run} at step ${origin.step}; " +
                    "add ${BeginOptions.FORK} $place"
            )
        }
        val found = Fork.of(given)
        if (found.origin().sha256 != origin.sha256) {
            throw BadInput(
                "${BeginOptions.FORK}: $given is of step ${found.step()} with state.json of " +
                    "SHA-256 ${found.origin().sha256}, the run was forked from ${origin.sha256}"
            )
        }
        return given
    }

    private fun reproduce(
        directory: RunDirectory,
        recorded: RecordedRun,
        target: RunDirectory,
    ): Int {
        if (!recorded.isPortable && threads == null && recorded.parts.any { it.threads == null }) {
            terminal.log(
                "$run: an earlier version did not record the number of threads; " +
                    "taking ${NativeProcess.threads()}, --threads names another"
            )
        }
        val options = Retraining.Options(threads, weights, checkFork(recorded), own.words.options)
        val retraining = Retraining(recorded, target, options, terminal::log)
        if (!retraining.run()) return ExitCode.INTERRUPTED
        val strict = recorded.parts.size == 1
        val last = if (recorded.status == "completed") Long.MAX_VALUE else recorded.lastKept
        val comparison = RunComparison(directory, target, strict, last)
        report(recorded, comparison, last)
        circumstances(recorded, target)
        return if (comparison.differences.isEmpty()) ExitCode.DONE else ExitCode.DIFFERENT
    }

    private fun report(recorded: RecordedRun, comparison: RunComparison, last: Long) {
        val upTo = if (last == Long.MAX_VALUE) "" else " up to step $last (${recorded.status})"
        val differences = comparison.differences
        if (differences.isEmpty()) {
            terminal.out.println("equal$upTo: ${comparison.what}")
            return
        }
        terminal.out.println("differs from step ${differences.first().step} on:")
        for ((kind, all) in differences.groupBy { it.kind }) {
            terminal.out.println("  ${kind.word}: ${all.first().text}")
        }
    }

    /** The last process of each is compared; a run's own changes are in its run.json. */
    private fun circumstances(recorded: RecordedRun, target: RunDirectory) {
        val now = Circumstances.recorded(target).last().circumstances
        val before = recorded.parts.last().circumstances
        val changes = before.differences(now)
        if (before.libraries().isEmpty()) {
            terminal.out.println(
                "an earlier version trained the run, which did not record threads, processor and kernels"
            )
        }
        if (changes.isEmpty()) {
            terminal.out.println("nothing that is recorded differs between the two trainings")
        } else {
            terminal.out.println("between the two trainings differ:")
            changes.forEach { terminal.out.println("  $it") }
        }
    }
}
