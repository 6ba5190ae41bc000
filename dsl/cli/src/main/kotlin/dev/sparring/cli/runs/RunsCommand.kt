package dev.sparring.cli.runs

import dev.sparring.cli.BadInput
import dev.sparring.cli.ExitCode
import dev.sparring.cli.Terminal
import dev.sparring.run.RunOverview
import dev.sparring.run.RunSearch
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import java.util.concurrent.Callable
import picocli.CommandLine.ArgGroup
import picocli.CommandLine.Command
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "runs",
    description =
        [
            "Lists the runs in folders and below them, those of sweeps too: name, seed, steps, " +
                "state, age, the last losses and a measurement of samples.",
            "States: running, completed, stopped (interrupted), diverged, failed, killed, " +
                "unknown (running or killed, of an earlier version), damaged.",
        ],
    mixinStandardHelpOptions = true,
)
internal class RunsCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(
        paramLabel = "FOLDER",
        arity = "0..*",
        description = ["where to look (default: $RUNS, where train puts runs; else this folder)"],
    )
    var folders: List<Path> = emptyList()

    @Option(
        names = ["--sort"],
        paramLabel = "COLUMN",
        description =
            [
                "name, seed, step, steps, state, age, path, or a figure such as loss_d; the " +
                    "lowest first, runs without a value last (default: the order of folders)"
            ],
    )
    var sort: String? = null

    @Option(names = ["--reverse"], description = ["the highest first; needs --sort"])
    var reverse: Boolean = false

    @Option(
        names = ["--filter"],
        paramLabel = "CONDITION",
        description =
            [
                "only runs that meet it: state=killed, name~ring (contains), seed!=3, " +
                    "loss_d<1.5, age<2d; more than one: all of them"
            ],
    )
    var filters: List<String> = emptyList()

    @Option(
        names = ["--figures"],
        paramLabel = "NAME",
        split = ",",
        description = ["columns of metrics.csv or of evaluations to show, separated by commas"],
    )
    var figures: List<String>? = null

    @ArgGroup(exclusive = true) var form: Form? = null

    /** For other programs. */
    class Form {
        @Option(names = ["--json"], description = ["a list of objects, with all figures"])
        var json: Boolean = false

        @Option(names = ["--csv"], description = ["a table with all figures and every digit"])
        var csv: Boolean = false
    }

    override fun call(): Int {
        if (reverse && sort == null) throw BadInput("--reverse needs --sort COLUMN")
        val now = Instant.now()
        val places =
            folders.ifEmpty { listOf(Path.of(if (Files.isDirectory(Path.of(RUNS))) RUNS else ".")) }
        val all = RunSearch.below(places, terminal::log).map(RunOverview::of)
        if (all.isEmpty()) {
            terminal.log("no runs in ${places.joinToString()}")
        } else {
            figures?.forEach { RunColumn.of(it, "--figures", all, now) }
        }
        val chosen = sorted(filtered(all, now), all, now)
        val list = RunList(chosen, figures, now)
        terminal.out.print(
            when {
                form?.json == true -> list.json()
                form?.csv == true -> list.csv()
                chosen.isEmpty() -> ""
                else -> list.table()
            }
        )
        return ExitCode.DONE
    }

    private fun filtered(all: List<RunOverview>, now: Instant): List<RunOverview> {
        if (all.isEmpty()) return all
        val conditions = filters.map { RunFilter.of(it, all, now) }
        for (condition in conditions) {
            val without = all.count { !condition.knows(it) }
            if (without > 0) {
                terminal.log(
                    "--filter ${condition.text}: $without of ${all.size} runs have no such value, and are left out"
                )
            }
        }
        val chosen = all.filter { run -> conditions.all { it.accepts(run) } }
        if (chosen.isEmpty())
            terminal.log("none of ${all.size} runs meets ${filters.joinToString(", ")}")
        return chosen
    }

    private fun sorted(
        runs: List<RunOverview>,
        all: List<RunOverview>,
        now: Instant,
    ): List<RunOverview> {
        val name = sort ?: return runs
        if (all.isEmpty()) return runs
        return when (val column = RunColumn.of(name, "--sort", all, now)) {
            is RunColumn.Words -> ordered(runs, column.of)
            is RunColumn.Number -> ordered(runs, column.of)
            is RunColumn.Span -> ordered(runs, column.of)
        }
    }

    /** Runs without a value come last in either direction. */
    private fun <T : Comparable<T>> ordered(
        runs: List<RunOverview>,
        value: (RunOverview) -> T?,
    ): List<RunOverview> {
        val (with, without) = runs.partition { value(it) != null }
        val order = if (reverse) nullsLast(reverseOrder<T>()) else nullsLast(naturalOrder<T>())
        return with.sortedWith(compareBy(order, value)) + without
    }

    private companion object {
        const val RUNS = "runs"
    }
}
