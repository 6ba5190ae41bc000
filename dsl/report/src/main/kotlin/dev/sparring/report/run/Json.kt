package dev.sparring.report.run

import dev.sparring.file.Reason
import dev.sparring.file.RegularFile
import dev.sparring.run.RunException
import java.io.IOException
import java.nio.file.Path
import kotlin.io.path.exists
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json as Parser
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** JSON files of a run directory. */
internal object Json {
    /**
     * The object in a file; an empty one if there is no file.
     *
     * @throws RunException if it is damaged
     */
    fun of(file: Path): JsonObject {
        if (!file.exists()) return JsonObject(emptyMap())
        val element =
            try {
                Parser.parseToJsonElement(RegularFile.bytes(file).decodeToString())
            } catch (e: SerializationException) {
                throw RunException("$file: is damaged: ${e.message?.lines()?.first()}", e)
            } catch (e: IOException) {
                throw RunException("$file: cannot be read: ${Reason.of(e)}", e)
            }
        return element as? JsonObject
            ?: throw RunException("$file: is damaged: it is no JSON object")
    }
}

/** A value as text; null if there is none. */
internal fun JsonObject.text(key: String): String? = this[key]?.takeIf { it !is JsonNull }?.words()

/** The strings of a list; of anything else, itself. */
internal fun JsonObject.texts(key: String): List<String> =
    when (val value = this[key]) {
        null -> emptyList()
        is JsonArray -> value.map { it.words() }
        else -> listOf(value.words())
    }

internal fun JsonElement.words(): String =
    when (this) {
        is JsonPrimitive -> content
        is JsonArray -> joinToString("; ") { it.words() }
        is JsonObject -> entries.joinToString(", ") { (key, value) -> "$key ${value.words()}" }
    }
