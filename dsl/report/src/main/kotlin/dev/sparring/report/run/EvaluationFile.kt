package dev.sparring.report.run

import dev.sparring.report.short
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import java.nio.file.Path
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull

/**
 * The measurements of a checkpoint: a file in `evaluations/`.
 *
 * @param name the file's
 * @param facts its entries above the metrics: step, extractor, numbers of samples, seed
 * @param curve the figures by truncations of the noise, if that was measured
 */
internal class EvaluationFile(
    val name: String,
    val facts: Map<String, String>,
    val metrics: List<Metric>,
    val curve: TruncationFigures? = null,
) {
    /** Figures under one description. */
    class Metric(
        val figures: Map<String, String>,
        val conditions: String,
        val warnings: List<String>,
        /** The 95 % intervals of figures that have one. */
        val intervals: Map<String, String> = emptyMap(),
    )

    companion object {
        /**
         * All of a run, by step and then by name.
         *
         * @throws RunException if one is damaged
         */
        fun all(run: RunDirectory): List<EvaluationFile> {
            val folder: Path = run.evaluation(0).parent
            if (!folder.isDirectory()) return emptyList()
            return folder
                .listDirectoryEntries("*.json")
                .sortedWith(compareBy({ step(it) }, { it.name }))
                .map(::of)
        }

        private fun of(file: Path): EvaluationFile {
            val json = Json.of(file)
            val metrics = json["metrics"]
            if (metrics !is JsonArray)
                throw RunException("$file: is damaged: it has no list of metrics")
            return EvaluationFile(
                file.name,
                (json - "metrics" - TruncationFigures.ENTRY).mapValues { it.value.words() },
                metrics.map { metric(file, it as? JsonObject) },
                TruncationFigures.of(file, json),
            )
        }

        private fun metric(file: Path, json: JsonObject?): Metric {
            val figures =
                json?.get("figures") as? JsonObject
                    ?: throw RunException("$file: is damaged: a metric has no figures")
            return Metric(
                figures.mapValues { (_, value) -> number(value) },
                json.text("conditions").orEmpty(),
                json.texts("warnings"),
                (json["intervals"] as? JsonObject).orEmpty().mapValues { (_, ends) ->
                    (ends as? JsonArray).orEmpty().joinToString(" to ") { number(it) }
                },
            )
        }

        private fun number(value: JsonElement): String =
            (value as? JsonPrimitive)?.doubleOrNull?.let(::short) ?: value.words()

        /** A name begins with its step, and goes on with the extractor if it is no usual one. */
        private fun step(file: Path): Long =
            file.name.takeWhile(Char::isDigit).toLongOrNull() ?: Long.MAX_VALUE
    }
}
