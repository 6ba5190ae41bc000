package dev.sparring.report.run

import dev.sparring.file.Reason
import dev.sparring.report.Report
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.run.RunSummary
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.name
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlinx.serialization.json.JsonObject

/**
 * The contents of a run directory.
 *
 * @param findings what detectors noticed, a line each
 * @param recipe its text, empty if there is none
 * @param provenance what `run.json` holds
 */
public class RunReport
internal constructor(
    override val title: String,
    internal val state: RunState,
    internal val facts: Map<String, String>,
    internal val findings: List<String>,
    internal val metrics: MetricColumns,
    internal val evaluations: List<EvaluationFile>,
    internal val pictures: SamplePictures,
    internal val recipe: String,
    internal val provenance: JsonObject,
) : Report {
    override fun html(folder: Path): String = RunPage(this).html()

    internal companion object {
        /** @throws RunException if a file is damaged */
        fun of(run: RunDirectory): RunReport =
            try {
                read(run)
            } catch (e: IOException) {
                throw RunException("${run.path}: cannot be read: ${Reason.of(e)}", e)
            }

        private fun read(run: RunDirectory): RunReport {
            val summary = RunSummary.of(run).orElse(null)
            val provenance = Json.of(run.provenance())
            val metrics = MetricColumns.of(run)
            val recipe = run.recipe().takeIf { it.exists() }?.readText().orEmpty()
            val steps = provenance.text("steps")?.toLongOrNull()
            val name = provenance.text("name") ?: run.path.toAbsolutePath().normalize().name
            val seed = provenance.text("seed")?.let { ", seed $it" }.orEmpty()
            return RunReport(
                "$name$seed",
                RunState.of(summary, steps, metrics.lastStep),
                RunFacts(provenance, recipe, metrics).all(),
                findings(run),
                metrics,
                EvaluationFile.all(run),
                SamplePictures.of(run),
                recipe,
                provenance,
            )
        }

        private fun findings(run: RunDirectory): List<String> {
            val file = run.findings()
            return if (Files.isRegularFile(file)) file.readLines().filter(String::isNotBlank)
            else emptyList()
        }
    }
}
