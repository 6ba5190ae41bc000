package dev.sparring.report.sweep

import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.run.RunSummary
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.name

/**
 * One run of a sweep.
 *
 * @param now the state from the run's own files; null if it has none
 * @param written its status in the sweep's table; null if there is no table
 * @param figures by measure, as summarized by the sweep; only if the run completed
 */
internal class SweptRun(
    val cell: String,
    val seed: Long,
    val directory: RunDirectory,
    now: RunSummary?,
    written: String?,
    val figures: Map<String, Double>,
) {
    val status: String =
        if (now == null) written ?: "not begun"
        else if (now.status == COMPLETED && written == BEYOND_LIMIT) BEYOND_LIMIT else now.status

    val step: Long = now?.lastStep ?: 0

    /** How often it diverged and went on from a checkpoint. */
    val retries: Int = now?.retries ?: 0

    /** Whether it completed, and within the sweep's limits. */
    val isComplete: Boolean = status == COMPLETED

    /** Whether it has progressed since the table was written. */
    val isStale: Boolean = written != null && status != written

    companion object {
        /** The status of a run that completed with a figure above the sweep's limit. */
        const val BEYOND_LIMIT = "beyond limit"

        private const val COMPLETED = "completed"
    }
}

/** One combination of a sweep's settings: its folder, and its values by axis. */
internal class Cell(val folder: String, val values: Map<String, String>) {
    val title: String = values.values.joinToString(", ").ifEmpty { folder }

    /** Its cells in a table, under [SweepRuns.axisNames]. */
    val names: List<String> = values.values.toList().ifEmpty { listOf(title) }
}

/** The runs listed in `runs.csv`, or, while a sweep runs, those whose folders exist. */
internal class SweepRuns
private constructor(
    axes: List<String>,
    val cells: List<Cell>,
    val runs: List<SweptRun>,
    val measures: List<String>,
) {
    /** Whether a run has progressed since the tables were written. */
    val isStale: Boolean = runs.any { it.isStale }

    /** The names of the axes, for a table; the cells if there are no axes or they are not known. */
    val axisNames: List<String> = axes.ifEmpty { listOf("cell") }

    fun of(cell: Cell): List<SweptRun> = runs.filter { it.cell == cell.folder }

    companion object {
        private const val RETRIES = "retries"

        /** Columns of hashes and of what they depend on; they come last. */
        private const val FACTS = "run."

        /** @throws RunException if `runs.csv` or a run is damaged */
        fun of(folder: Path): SweepRuns =
            if (SweepFolder.runs(folder).exists()) ofTable(folder) else ofFolders(folder)

        private fun ofFolders(folder: Path): SweepRuns {
            val cells = SweepFolder.cells(folder)
            val runs =
                cells.flatMap { cell ->
                    SweepFolder.seeds(cell).map { run(folder, cell.name, it, emptyMap(), null) }
                }
            return SweepRuns(
                emptyList(),
                cells.map { Cell(it.name, emptyMap()) },
                runs,
                emptyList(),
            )
        }

        private fun ofTable(folder: Path): SweepRuns {
            val csv = Csv.of(SweepFolder.runs(folder))
            val (cell, seed) = csv.place("cell") to csv.place("seed")
            val (status, step) = csv.place("status") to csv.place("step")
            if (cell != 0 || status != seed + 1 || step != status + 1) {
                throw RunException(
                    "${csv.file}: is damaged: expected cell, axes, seed, status, step, measures"
                )
            }
            val axes = csv.header.subList(1, seed)
            // Tables of earlier versions do not say how often a run was retried.
            val first = if (csv.header.getOrNull(step + 1) == RETRIES) step + 2 else step + 1
            val measures = csv.header.drop(first).filterNot { it.startsWith(FACTS) }
            val runs =
                csv.rows.mapIndexed { i, row ->
                    val number =
                        row[seed].toLongOrNull()
                            ?: throw RunException(
                                "${csv.file}:${i + 2}: expected a seed, got '${row[seed]}'"
                            )
                    val figures =
                        measures.zip(row.drop(first)).mapNotNull { (name, text) ->
                            text.toDoubleOrNull()?.let { name to it }
                        }
                    run(folder, row[cell], number, figures.toMap(), row[status])
                }
            val cells =
                csv.rows
                    .distinctBy { it[cell] }
                    .map { Cell(it[cell], axes.zip(it.subList(1, seed)).toMap()) }
            return SweepRuns(axes, cells, runs, measures)
        }

        private fun run(
            folder: Path,
            cell: String,
            seed: Long,
            figures: Map<String, Double>,
            written: String?,
        ): SweptRun {
            val directory = SweepFolder.run(folder, cell, seed)
            val now = RunSummary.of(directory).orElse(null)
            return SweptRun(cell, seed, directory, now, written, figures)
        }
    }
}
