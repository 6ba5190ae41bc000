package dev.sparring.cli.runs

import dev.sparring.cli.ProgressLines
import dev.sparring.cli.columns
import dev.sparring.metric.Direction
import dev.sparring.run.RunOverview
import dev.sparring.run.RunState
import dev.sparring.setting.Shown
import java.time.Duration
import java.time.Instant
import kotlin.jvm.optionals.getOrNull
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject

/**
 * A list of runs as text.
 *
 * @param figures the columns that are asked for; null for losses and one measurement
 */
internal class RunList(
    private val runs: List<RunOverview>,
    private val figures: List<String>?,
    private val now: Instant,
) {
    /** Aligned columns. */
    fun table(): String {
        val shown = figures ?: LOSSES
        val measured = if (figures == null) listOf("measured") else emptyList()
        val header =
            listOf("name", "seed", "steps", "state", "age") +
                shown.map(Shown::value) +
                measured +
                "run"
        val rows =
            runs.map { run ->
                listOf(
                    Shown.value(run.name),
                    if (run.seed.isPresent) "${run.seed.asLong}" else NOTHING,
                    if (run.steps.isPresent) "${run.step}/${run.steps.asLong}" else "${run.step}",
                    run.state.word(),
                    RunColumn.age(run, now)?.let(::age) ?: NOTHING,
                ) +
                    shown.map { name -> run.figures[name]?.let(ProgressLines::figure) ?: NOTHING } +
                    measured.map { measured(run) } +
                    place(run)
            }
        val right = setOf(1, 2, 4) + shown.indices.map { it + BEFORE_FIGURES }
        return columns(listOf(header) + rows, right)
    }

    /** What is damaged names its file. */
    private fun place(run: RunOverview): String =
        if (run.state == RunState.DAMAGED) Shown.line(run.damage.joinToString("; "))
        else Shown.line("${run.directory.path}")

    /** The first measurement of samples that a run has, with its name. */
    private fun measured(run: RunOverview): String {
        val names = run.figures.keys.filter { Direction.of(it).isPresent }.sorted()
        val name = FIRST.firstNotNullOfOrNull { first -> names.find { it.startsWith(first) } }
        val chosen = name ?: names.firstOrNull() ?: return NOTHING
        return "${Shown.value(chosen)} ${ProgressLines.figure(run.figures.getValue(chosen))}"
    }

    /** All columns of all runs, with every digit; quoted as in RFC 4180 if necessary. */
    fun csv(): String {
        val names = figures ?: runs.flatMap { it.figures.keys }.distinct().sorted()
        val header =
            listOf("run", "name", "seed", "step", "steps", "state", "start") + names + "damage"
        val rows =
            runs.map { run ->
                listOf(
                    "${run.directory.path}",
                    run.name,
                    if (run.seed.isPresent) "${run.seed.asLong}" else "",
                    "${run.step}",
                    if (run.steps.isPresent) "${run.steps.asLong}" else "",
                    run.state.word(),
                    run.start.getOrNull()?.toString().orEmpty(),
                ) +
                    names.map { run.figures[it]?.toString().orEmpty() } +
                    run.damage.joinToString("; ")
            }
        return (listOf(header) + rows).joinToString("") { row ->
            row.joinToString(",", postfix = "\n") { cell ->
                if (cell.any { it in ",\"\r\n" }) "\"${cell.replace("\"", "\"\"")}\"" else cell
            }
        }
    }

    /** A list of objects. Numbers that are not finite are text, because JSON has none. */
    fun json(): String = PRETTY.encodeToString(JsonArray.serializer(), all()) + "\n"

    private fun all() = buildJsonArray { runs.forEach { add(json(it)) } }

    private fun json(run: RunOverview): JsonObject = buildJsonObject {
        put("run", "${run.directory.path}")
        put("name", run.name)
        put("seed", if (run.seed.isPresent) run.seed.asLong else null)
        put("step", run.step)
        put("steps", if (run.steps.isPresent) run.steps.asLong else null)
        put("state", run.state.word())
        put("start", run.start.getOrNull()?.toString())
        putJsonObject("figures") {
            val names = figures ?: run.figures.keys.sorted()
            for (name in names) run.figures[name]?.let { put(name, number(it)) }
        }
        putJsonArray("damage") { run.damage.forEach { add(it) } }
    }

    private fun number(value: Double) =
        if (value.isFinite()) JsonPrimitive(value) else JsonPrimitive("$value")

    private fun age(age: Duration): String =
        when {
            age.toDays() > 0 -> "${age.toDays()} d"
            age.toHours() > 0 -> "${age.toHours()} h"
            age.toMinutes() > 0 -> "${age.toMinutes()} min"
            else -> "${maxOf(0, age.toSeconds())} s"
        }

    private companion object {
        const val NOTHING = "-"
        val LOSSES = listOf("loss_d", "loss_g")

        /** Which measurement says the most. */
        val FIRST = listOf("frechet_distance", "modes_hit")
        const val BEFORE_FIGURES = 5
        val PRETTY = Json { prettyPrint = true }
    }
}
