package dev.sparring.report.runs

import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.RecipeText
import dev.sparring.file.Reason
import dev.sparring.file.RegularFile
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.report.Report
import dev.sparring.report.chart.Line
import dev.sparring.report.run.MetricColumns
import dev.sparring.report.run.SamplePictures
import dev.sparring.report.sweep.CellCurves
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.run.RunOverview
import java.io.IOException
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.name

/**
 * The contents of a folder with several runs.
 *
 * @param all every run, damaged ones among them, by label
 * @param groups of the runs that are compared, those that saw the same data together
 * @param curves by label, then by column
 * @param pictures the last one of each compared run that has any
 * @param notes lines on what is not shown
 */
public class RunsReport
internal constructor(
    override val title: String,
    internal val all: Map<String, RunOverview>,
    internal val groups: List<ComparedRuns>,
    internal val curves: Map<String, Map<String, Line>>,
    internal val pictures: Map<String, SamplePictures.Picture>,
    internal val notes: List<String>,
) : Report {
    override fun html(folder: Path): String = RunsPage(this, folder).html()

    internal companion object {
        /** As many lines look different in a chart. */
        const val MOST = 30

        /**
         * Reads them; damaged runs are only listed.
         *
         * @param leftOut lines about what was not searched
         */
        fun of(folder: Path, runs: List<RunDirectory>, leftOut: List<String>): RunsReport {
            val labels =
                runs.map { run ->
                    val path = folder.toAbsolutePath().normalize()
                    path.relativize(run.path.toAbsolutePath().normalize()).joinToString("/")
                }
            val all = labels.zip(runs.map(RunOverview::of)).toMap()
            val reading = Reading(leftOut.toMutableList())
            all.forEach { (label, overview) -> reading.add(label, overview) }
            return RunsReport(
                folder.toAbsolutePath().normalize().name,
                all,
                ComparedRuns.byData(reading.compared),
                reading.curves,
                reading.pictures,
                reading.notes,
            )
        }
    }

    /** One run after the other: the metrics of all would not fit in memory at once. */
    private class Reading(val notes: MutableList<String>) {
        val compared = mutableListOf<ComparedRun>()
        val curves = mutableMapOf<String, Map<String, Line>>()
        val pictures = mutableMapOf<String, SamplePictures.Picture>()
        private var isFull = false

        fun add(label: String, overview: RunOverview) {
            notes += overview.damage
            if (overview.damage.isNotEmpty()) return
            if (compared.size == MOST) {
                if (!isFull) notes += "Only the first $MOST runs are compared and drawn."
                isFull = true
                return
            }
            try {
                val run = ComparedRun.of(label, overview, recipe(overview)) { notes += it }
                curves[label] = curves(label, overview)
                compared += run
                SamplePictures.of(overview.directory, 1).shown.lastOrNull()?.let {
                    pictures[label] = it
                }
            } catch (e: RunException) {
                notes += "${e.message}"
            } catch (e: IOException) {
                notes += Reason.line(e, overview.directory.path, "cannot be read")
            }
        }

        private fun curves(label: String, overview: RunOverview): Map<String, Line> =
            MetricColumns.of(overview.directory)
                .series
                .filterKeys { !ComparedRuns.isOfWeight(it) && it != MetricColumns.SECONDS }
                .mapNotNull { (column, series) ->
                    CellCurves.of(label, listOf(series))?.let { column to it }
                }
                .toMap()

        /** Null for one that has words or objects that are not known here. */
        private fun recipe(overview: RunOverview): Recipe? {
            val file = overview.directory.recipe()
            if (!file.exists()) return null
            return try {
                RecipeText.fromYaml(RegularFile.text(file)).resolved()
            } catch (_: RecipeSyntaxException) {
                null
            } catch (_: RecipeException) {
                null
            }
        }
    }
}
