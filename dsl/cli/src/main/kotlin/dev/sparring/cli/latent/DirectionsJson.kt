package dev.sparring.cli.latent

import dev.sparring.latent.Directions
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.add
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray

/** Directions as a file of text. */
internal object DirectionsJson {
    private val PRETTY = Json { prettyPrint = true }

    fun of(found: Directions, many: Int, run: String, step: Long, rows: Directions.Rows): String {
        val json = buildJsonObject {
            put("run", run)
            put("step", step)
            put("weight", found.about())
            put("rows", rows.name.lowercase())
            putJsonArray("directions") {
                repeat(many) { i ->
                    addJsonObject {
                        put("strength", found.strength(i))
                        putJsonArray("vector") { found.vector(i).forEach { add(it) } }
                    }
                }
            }
        }
        return PRETTY.encodeToString(JsonObject.serializer(), json) + "\n"
    }
}
