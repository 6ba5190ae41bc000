package dev.sparring.report.sweep

import dev.sparring.file.Reason
import dev.sparring.report.Report
import dev.sparring.report.chart.Line
import dev.sparring.report.explain.ExplainTables
import dev.sparring.report.run.MetricColumns
import dev.sparring.report.run.SamplePictures
import dev.sparring.run.RunException
import java.io.IOException
import java.nio.file.Path
import kotlin.io.path.name

/**
 * The contents of a sweep's folder so far.
 *
 * @param tables null until the sweep is finished
 * @param variance null unless the sweep crosses seeds and is finished
 * @param explained null unless the sweep explains the difference of two recipes and is finished
 * @param curves by measure, then a line for each cell
 * @param pictures by cell, the last ones of its first run
 */
public class SweepReport
internal constructor(
    override val title: String,
    internal val runs: SweepRuns,
    internal val tables: SweepTables?,
    internal val variance: SweepVariance?,
    internal val explained: ExplainTables?,
    internal val curves: Map<String, List<Line>>,
    internal val pictures: Map<String, CellPicture>,
) : Report {
    override fun html(folder: Path): String = SweepPage(this, folder).html()

    /** The last picture of the run with that seed. */
    internal class CellPicture(val seed: Long, val picture: SamplePictures.Picture)

    internal companion object {
        private val ALWAYS = listOf("loss_d", "loss_g")

        /** @throws RunException if a file is damaged */
        fun of(folder: Path): SweepReport =
            try {
                val runs = SweepRuns.of(folder)
                SweepReport(
                    folder.toAbsolutePath().normalize().name,
                    runs,
                    SweepTables.of(folder, runs.measures),
                    SweepVariance.of(folder),
                    ExplainTables.of(folder),
                    curves(runs),
                    pictures(runs),
                )
            } catch (e: IOException) {
                throw RunException("$folder: cannot be read: ${Reason.of(e)}", e)
            }

        private fun curves(runs: SweepRuns): Map<String, List<Line>> {
            val measures = (runs.measures + ALWAYS).distinct()
            // One cell at a time; otherwise the metrics of all runs would be in memory at once.
            val lines =
                runs.cells.flatMap { cell ->
                    val metrics = runs.of(cell).map { MetricColumns.of(it.directory).series }
                    measures.mapNotNull { measure ->
                        CellCurves.of(cell.title, metrics.mapNotNull { it[measure] })?.let {
                            measure to it
                        }
                    }
                }
            return measures
                .associateWith { m -> lines.filter { it.first == m }.map { it.second } }
                .filterValues { it.isNotEmpty() }
        }

        private fun pictures(runs: SweepRuns): Map<String, CellPicture> =
            runs.cells
                .mapNotNull { cell ->
                    val first = runs.of(cell).firstOrNull() ?: return@mapNotNull null
                    SamplePictures.of(first.directory, 1).shown.lastOrNull()?.let {
                        cell.folder to CellPicture(first.seed, it)
                    }
                }
                .toMap()
    }
}
