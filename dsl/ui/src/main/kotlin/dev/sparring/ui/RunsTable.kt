package dev.sparring.ui

import dev.sparring.metric.Direction
import dev.sparring.run.RunOverview
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject

/** The rows of the page of runs, and which of them are new since the last look. */
internal class RunsTable(private val index: RunIndex) {
    private var said = emptyMap<String, JsonObject>()
    private var order = emptyList<String>()

    private fun rows(): List<JsonObject> {
        val runs = index.all()
        return runs.zip(index.overviews(runs), ::row)
    }

    /** What is new as JSON; null if nothing is. */
    fun news(): String? {
        val now = rows().associateBy { "${it["id"]}" }
        val changed = now.filter { said[it.key] != it.value }
        val hasOrder = now.keys.toList() != order
        if (changed.isEmpty() && !hasOrder) return null
        said = now
        order = now.keys.toList()
        return "${
            buildJsonObject {
                putJsonArray("rows") { changed.values.forEach { add(it) } }
                putJsonArray("order") { now.values.forEach { add(it.getValue("id")) } }
                putJsonArray("leftOut") { index.leftOut.forEach { add(it) } }
            }
        }"
    }

    private fun row(run: ListedRun, overview: RunOverview) = buildJsonObject {
        put("id", run.id)
        put("label", run.label)
        put("name", overview.name)
        put("sweep", run.sweep)
        put("seed", if (overview.seed.isPresent) overview.seed.asLong else null)
        put("state", overview.state.word())
        put("step", overview.step)
        put("steps", if (overview.steps.isPresent) overview.steps.asLong else null)
        put("start", overview.start.map { "$it" }.orElse(null))
        putJsonObject("figures") {
            for ((name, value) in shown(overview)) {
                // JSON has no other numbers.
                if (value.isFinite()) put(name, value) else put(name, "$value")
            }
        }
        putJsonArray("damage") { overview.damage.forEach { add(it) } }
    }

    /** Losses, and measurements of samples. */
    private fun shown(overview: RunOverview) =
        overview.figures.filterKeys { it in LOSSES || Direction.of(it).isPresent }.toSortedMap()

    private companion object {
        val LOSSES = setOf("loss_d", "loss_g")
    }
}
