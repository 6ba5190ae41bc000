package dev.sparring.cli

import dev.sparring.eval.Evaluation
import dev.sparring.network.Sampler
import dev.sparring.network.Truncation
import dev.sparring.recipe.Latent
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject

/** Measures a generator at several truncations of one kind, and without one. */
internal class TruncationCurve private constructor(private val points: List<Truncation>) {
    private val kind = points.first().kind.name.lowercase()

    /** Prints a row for each, and writes one file with all. */
    fun measure(
        terminal: Terminal,
        sampler: Sampler,
        measure: (Sampler) -> Evaluation,
        files: EvaluationFiles,
    ) {
        val found = points.map { it.value to measure(sampler.truncated(it)) }
        val plain = measure(sampler)
        val all = found + (null to plain)
        terminal.out.print(table(all))
        terminal.log(plain.features)
        plain.results.forEach { terminal.log(it.conditions()) }
        for ((value, evaluation) in all) {
            val warnings = evaluation.results.flatMap { it.warnings() }
            warnings.forEach { terminal.log("warning: ${name(value)}: $it") }
        }
        terminal.log("${files.write(plain.without(), "truncation-$kind", json(all))}")
    }

    private fun name(value: Double?) = if (value == null) NONE else "$kind=${short(value)}"

    private fun table(all: List<Pair<Double?, Evaluation>>): String {
        val names = all.flatMap { figures(it.second).keys }.distinct()
        val rows =
            all.map { (value, evaluation) ->
                val figures = figures(evaluation)
                listOf(value?.let(::short) ?: NONE) +
                    names.map { figures[it]?.let(EvaluationText::number).orEmpty() }
            }
        return columns(listOf(listOf(kind) + names) + rows, right = (0..names.size).toSet())
    }

    private fun json(all: List<Pair<Double?, Evaluation>>) =
        mapOf(
            "truncation" to
                buildJsonObject {
                    put("kind", kind)
                    putJsonArray("points") {
                        all.forEach { (value, evaluation) ->
                            addJsonObject {
                                put("value", value?.let(::JsonPrimitive) ?: JsonNull)
                                putJsonObject("figures") {
                                    figures(evaluation).forEach { (k, v) -> put(k, v) }
                                }
                            }
                        }
                    }
                    put(
                        "conditions",
                        all.last().second.results.joinToString("; ") { it.conditions() },
                    )
                }
        )

    private fun figures(evaluation: Evaluation): Map<String, Double> =
        evaluation.results.flatMap { it.figures().entries }.associate { it.key to it.value }

    /** The figures stand beside their truncations, and are no figures of the run as it samples. */
    private fun Evaluation.without() =
        Evaluation(extractor, features, made, real, seed, emptyList())

    companion object {
        private const val NONE = "none"

        /** Each is a whole measurement. */
        private const val MOST = 50

        private fun short(value: Double) = if (value % 1.0 == 0.0) "${value.toLong()}" else "$value"

        /** What the option's text says; null if it says nothing. */
        fun of(text: String?, noise: Latent): TruncationCurve? {
            if (text == null) return null
            val kind = text.substringBefore('=')
            val values = text.substringAfter('=', "").split(',')
            val points =
                values.map { value ->
                    TruncationOption()
                        .apply { truncation = "$kind=${value.trim()}" }
                        .let {
                            it.require(noise)
                            checkNotNull(it.parsed())
                        }
                }
            val twice = points.groupBy { it.value }.values.find { it.size > 1 }
            if (twice != null) {
                throw BadInput("--truncation: ${short(twice.first().value)} is given twice")
            }
            if (points.size > MOST) {
                throw BadInput("--truncation: ${points.size} values; expected at most $MOST")
            }
            return TruncationCurve(points.sortedBy { it.value })
        }
    }
}
