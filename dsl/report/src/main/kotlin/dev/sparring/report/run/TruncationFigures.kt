package dev.sparring.report.run

import dev.sparring.report.chart.Chart
import dev.sparring.report.chart.Line
import dev.sparring.report.chart.Panel
import dev.sparring.report.chart.Series
import dev.sparring.report.short
import dev.sparring.run.RunException
import java.nio.file.Path
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull

/**
 * The figures of a generator by how far its noise is truncated.
 *
 * @param kind resample, scale or temperature
 * @param points ascending; without truncation last
 * @param conditions of the figures
 */
internal class TruncationFigures(
    val kind: String,
    val points: List<Point>,
    val conditions: String,
) {
    /** @param value null without truncation */
    class Point(val value: Double?, val figures: Map<String, Double>)

    private val names = points.flatMap { it.figures.keys }.distinct()

    /** A header, and a row for each point. */
    fun table(): Pair<List<String>, List<List<String>>> =
        (listOf(kind) + names) to
            points.map { point ->
                listOf(point.value?.let(::short) ?: "none") +
                    names.map { point.figures[it]?.let(::short).orEmpty() }
            }

    /** Precision against recall, and figures over the truncation. */
    fun charts(): List<Chart> =
        listOfNotNull(against()) +
            listOf(listOf("precision", "recall"), listOf("frechet_distance"))
                .plus(listOf(listOf("high_quality"), listOf("modes_hit")))
                .mapNotNull { over(it.filter(names::contains)) }

    private fun against(): Chart? {
        val both = points.filter { PRECISION in it.figures && RECALL in it.figures }
        if (both.isEmpty()) return null
        fun series(of: List<Point>): Series {
            val sorted = of.sortedBy { it.figures.getValue(RECALL) }
            return Series(
                DoubleArray(sorted.size) { sorted[it].figures.getValue(RECALL) },
                DoubleArray(sorted.size) { sorted[it].figures.getValue(PRECISION) },
            )
        }
        val (plain, truncated) = both.partition { it.value == null }
        val lines =
            listOf(kind to truncated, "without truncation" to plain)
                .filter { it.second.isNotEmpty() }
                .map { (name, of) -> Line(name, series(of)) }
        return Chart(
            "Precision against recall",
            "A point for each truncation: nearer to the mean of the noise, samples are more " +
                "typical and less varied.",
            listOf(Panel("", lines)),
            along = RECALL,
        )
    }

    private fun over(names: List<String>): Chart? {
        val truncated = points.filter { it.value != null }
        if (names.isEmpty() || truncated.isEmpty()) return null
        val lines =
            names.map { name ->
                val own = truncated.filter { name in it.figures }
                Line(
                    name,
                    Series(
                        DoubleArray(own.size) { own[it].value!! },
                        DoubleArray(own.size) { own[it].figures.getValue(name) },
                    ),
                )
            }
        return Chart(names.joinToString(" and "), "", listOf(Panel("", lines)), along = kind)
    }

    companion object {
        const val ENTRY = "truncation"
        private const val PRECISION = "precision"
        private const val RECALL = "recall"

        /**
         * The entry of an evaluation; null if it has none.
         *
         * @throws RunException if it is damaged
         */
        fun of(file: Path, json: JsonObject): TruncationFigures? {
            val entry = json[ENTRY] ?: return null
            val points = (entry as? JsonObject)?.get("points") as? JsonArray
            if (points == null)
                throw RunException("$file: is damaged: its truncation has no points")
            return TruncationFigures(
                entry.text("kind").orEmpty(),
                points.map { point(file, it as? JsonObject) },
                entry.text("conditions").orEmpty(),
            )
        }

        private fun point(file: Path, json: JsonObject?): Point {
            val figures =
                json?.get("figures") as? JsonObject
                    ?: throw RunException("$file: is damaged: a truncation has no figures")
            val numbers =
                figures.mapNotNull { (name, value) ->
                    (value as? JsonPrimitive)?.doubleOrNull?.let { name to it }
                }
            return Point((json["value"] as? JsonPrimitive)?.doubleOrNull, numbers.toMap())
        }
    }
}
