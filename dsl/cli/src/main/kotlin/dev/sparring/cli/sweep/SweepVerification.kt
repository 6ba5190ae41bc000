package dev.sparring.cli.sweep

import dev.sparring.cli.BadInput
import dev.sparring.cli.ExitCode
import dev.sparring.cli.ScratchFolder
import dev.sparring.cli.Terminal
import dev.sparring.cli.Words
import dev.sparring.dsl.suggestion
import dev.sparring.dsl.sweep.Sweep
import java.nio.file.Path

/**
 * Trains a cell of a sweep again, and compares each run with its row of a table.
 *
 * @param file the table, a `runs.csv`
 * @param cell which cell, by its folder or its labels; null for the table's first
 * @param seed one of its seeds; null for all that the table has
 */
internal class SweepVerification(
    private val file: Path,
    private val cell: String?,
    private val seed: Long?,
    private val terminal: Terminal,
) {
    private val table = RecordedRows.read(file)

    /**
     * Trains the runs and compares them; returns the exit code.
     *
     * @param output where they go; null for a folder that is deleted
     */
    fun train(
        sweep: Sweep,
        words: Words,
        output: Path?,
        options: RunsOptions,
        open: OpenRuns,
    ): Int =
        ScratchFolder.use(output, "sparring-verify-", terminal::log) { root ->
            val runs = chosen(sweep, SweepRun.all(sweep, root, words))
            options.engines.threads.requireFor(runs[0].recipe.train.portable, terminal::log)
            val failures = open.train(runs) { SweepResult.of(it, sweep).line }
            failures?.forEach(terminal::error)
            when {
                failures == null -> ExitCode.INTERRUPTED
                failures.isNotEmpty() -> ExitCode.BAD_INPUT
                else -> compare(sweep, runs)
            }
        }

    /** The runs to train again, in the order of the sweep. */
    private fun chosen(sweep: Sweep, runs: List<SweepRun>): List<SweepRun> {
        val name = cell ?: table.rows.first().cell
        val known = sweep.cells.find { it.folder == name || it.title == name }
        if (known == null) {
            val all = sweep.cells.map { it.title }
            val meant = suggestion(name, all)
            val right =
                if (meant != null) "did you mean '$meant'?" else "it has ${all.joinToString("; ")}"
            if (cell != null) throw BadInput("--cell: the sweep has no cell '$name'; $right")
            throw BadInput("--verify: $file: has the cell '$name', which the sweep has not; $right")
        }
        val rows = table.rows.filter { it.cell == known.folder }
        if (rows.isEmpty()) {
            throw BadInput("--verify: $file: has no rows of the cell '${known.title}'")
        }
        val seeds = rows.map { it.seed }
        if (seed != null && seed !in seeds) {
            throw BadInput("--seed: $file has no seed $seed there; it has ${seeds.joinToString()}")
        }
        val own = runs.filter { it.cell === known && it.seed in seeds }
        val absent = seeds - own.map { it.seed }.toSet()
        if (seed == null && absent.isNotEmpty()) {
            terminal.log("$file: the sweep has no seed ${absent.joinToString()}; left out")
        }
        return own.filter { seed == null || it.seed == seed }
            .ifEmpty {
                throw BadInput("--verify: the sweep has none of the seeds ${seeds.joinToString()}")
            }
    }

    /** Compares the runs, which are trained, with their rows; returns the exit code. */
    private fun compare(sweep: Sweep, runs: List<SweepRun>): Int {
        val csv = RunRows.csv(sweep, runs.map { SweepResult.of(it, sweep) })
        val now = RecordedRows.of(file, csv)
        val figures = table.figures(sweep.axes)
        val missing = figures - now.columns.toSet()
        if (missing.isNotEmpty()) {
            terminal.log(
                "$file: the sweep does not measure ${missing.joinToString()}; not compared"
            )
        }
        val all = now.rows.map { row -> RowComparison(figures, before(row), row) }
        all.flatMap { it.circumstances }
            .distinct()
            .let { changes ->
                if (changes.isNotEmpty()) {
                    terminal.out.println("between the two trainings differ:")
                    changes.forEach { terminal.out.println("  $it") }
                }
            }
        for ((row, comparison) in now.rows.zip(all)) {
            val differences = comparison.differences
            val title = "${runs.first().cell.title}, seed ${row.seed}"
            terminal.out.println(
                if (differences.isEmpty()) "$title: equal: ${comparison.what}"
                else "$title: differs: ${differences.joinToString("; ")}"
            )
        }
        if (all.none { it.hasWeights }) {
            terminal.out.println("$file has no hashes of weights: only figures were compared")
        }
        return if (all.all { it.differences.isEmpty() }) ExitCode.DONE else ExitCode.DIFFERENT
    }

    private fun before(row: RecordedRows.Row) =
        table.rows.first { it.cell == row.cell && it.seed == row.seed }
}
