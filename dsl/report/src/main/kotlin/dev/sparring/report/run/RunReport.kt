package dev.sparring.report.run

import dev.sparring.file.FolderLock
import dev.sparring.file.Reason
import dev.sparring.file.RegularFile
import dev.sparring.report.Report
import dev.sparring.report.Reports
import dev.sparring.report.autopsy.AutopsySection
import dev.sparring.run.FindingLines
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.run.RunSummary
import java.io.IOException
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.name
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject

/**
 * The contents of a run directory.
 *
 * @param findings what detectors noticed, a line each, and what the run said about its own files
 * @param autopsy in its folder of that name, if there is one that has ended
 * @param recipe its text, empty if there is none
 * @param provenance what `run.json` holds
 */
public class RunReport
internal constructor(
    override val title: String,
    internal val state: RunState,
    internal val facts: Map<String, String>,
    internal val findings: List<String>,
    internal val autopsy: AutopsySection?,
    internal val metrics: MetricColumns,
    internal val evaluations: List<EvaluationFile>,
    internal val pictures: SamplePictures,
    internal val recipe: String,
    internal val provenance: JsonObject,
) : Report {
    override fun html(folder: Path): String = RunPage(this).html()

    internal companion object {
        /**
         * @param pictures how many pictures of samples it shows at most
         * @throws RunException if a file is damaged
         */
        fun of(run: RunDirectory, pictures: Int = SamplePictures.MOST): RunReport =
            try {
                read(run, pictures)
            } catch (e: IOException) {
                throw RunException(Reason.line(e, run.path, "cannot be read"), e)
            }

        private fun read(run: RunDirectory, pictures: Int): RunReport {
            val summary = RunSummary.of(run).orElse(null)
            val provenance = Json.of(run.provenance())
            val metrics = MetricColumns.of(run)
            val recipe = run.recipe().takeIf { it.exists() }?.let(RegularFile::text).orEmpty()
            val steps = provenance.text("steps")?.toLongOrNull()
            val name = provenance.text("name") ?: run.path.toAbsolutePath().normalize().name
            val seed = provenance.text("seed")?.let { ", seed $it" }.orEmpty()
            return RunReport(
                "$name$seed",
                RunState.of(summary, steps, metrics.lastStep, isHeld(run)),
                RunFacts(provenance, recipe, metrics).all(),
                FindingLines.of(run) + notes(provenance),
                AutopsySection.of(run.path.resolve(Reports.AUTOPSY)),
                metrics,
                EvaluationFile.all(run),
                SamplePictures.of(run, pictures),
                recipe,
                provenance,
            )
        }

        private fun isHeld(run: RunDirectory) = FolderLock.holder(run.path).isPresent

        /** What the run said about its own files when it began or was resumed. */
        private fun notes(provenance: JsonObject): List<String> {
            val parts = listOf(provenance) + (provenance["resumed"] as? JsonArray).orEmpty()
            return parts.filterIsInstance<JsonObject>().flatMap { it.texts("notes") }
        }
    }
}
