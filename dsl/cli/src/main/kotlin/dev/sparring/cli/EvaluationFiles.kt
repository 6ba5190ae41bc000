package dev.sparring.cli

import dev.sparring.eval.Evaluation
import dev.sparring.extract.Extractor
import dev.sparring.extract.Pixels
import dev.sparring.file.AtomicFile
import dev.sparring.file.Reason
import dev.sparring.file.Sha256
import dev.sparring.metric.SampleErrors
import dev.sparring.run.RunDirectory
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.add
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject

/** The files of a run's measurements after its training, for one checkpoint and extractor. */
internal class EvaluationFiles(
    private val run: RunDirectory,
    private val step: Long,
    private val extractor: Extractor,
) {
    /**
     * Writes a measurement.
     *
     * @param kind what was measured, part of the file's name, if it is not the usual figures
     * @param more entries of the file after its metrics
     */
    fun write(
        evaluation: Evaluation,
        kind: String? = null,
        more: Map<String, JsonElement> = emptyMap(),
    ): Path {
        val file = place(kind)
        val whole = JsonObject(json(evaluation) + more)
        try {
            Files.createDirectories(file.parent)
            AtomicFile.writeText(file, PRETTY.encodeToString(JsonObject.serializer(), whole) + "\n")
        } catch (e: IOException) {
            throw BadInput(Reason.line(e, file, "cannot be written"), e)
        }
        return file
    }

    /** Extractors of one name differ by weights or preprocessing: neither overwrites the other. */
    private fun place(kind: String?): Path {
        val own =
            if (extractor is Pixels) null
            else "${extractor.name()}-${Sha256.of(extractor.id().toByteArray()).take(8)}"
        val name = listOfNotNull(own, kind)
        return if (name.isEmpty()) run.evaluation(step)
        else run.evaluation(step, name.joinToString("."))
    }

    private fun json(evaluation: Evaluation) = buildJsonObject {
        put("step", step)
        put("extractor", evaluation.extractor)
        put("features", evaluation.features)
        put("id", extractor.id())
        put("samples", evaluation.made)
        put("real", evaluation.real)
        put("seed", evaluation.seed)
        putJsonArray("metrics") {
            evaluation.results.forEach { result ->
                addJsonObject {
                    putJsonObject("figures") { result.figures().forEach { (k, v) -> put(k, v) } }
                    if (result.intervals().isNotEmpty()) {
                        putJsonObject("intervals") {
                            result.intervals().forEach { (name, interval) ->
                                putJsonArray(name) {
                                    add(interval.low)
                                    add(interval.high)
                                }
                            }
                        }
                    }
                    put("conditions", result.conditions())
                    putJsonArray("warnings") { result.warnings().forEach { add(it) } }
                }
            }
        }
    }

    private companion object {
        val PRETTY = Json { prettyPrint = true }
    }
}

/** Figures as lines of text. */
internal object EvaluationText {
    /**
     * A row for each figure, with its interval if one of the results has one for it; where all
     * intervals were asked for, a figure without one says so.
     */
    fun table(evaluation: Evaluation): String {
        val intervals = evaluation.results.flatMap { it.intervals().entries }
        val byName = intervals.associate { it.key to it.value }
        val missing = if (evaluation.results.any { it is SampleErrors }) "no interval" else ""
        val figures = evaluation.results.flatMap { it.figures().entries }
        return columns(
            figures.map { (name, value) ->
                val range =
                    byName[name]?.let { "${number(it.low)} to ${number(it.high)}" } ?: missing
                listOf("$name (${evaluation.extractor})", number(value), range)
            },
            right = setOf(1),
        )
    }

    fun number(value: Double): String = "%.6g".format(Locale.ROOT, value)
}
