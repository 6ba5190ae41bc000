package dev.sparring.dsl

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject

internal const val SCHEMA = "\$schema"
internal const val DEFINITIONS = "\$defs"
internal const val REF = "\$ref"

/** A JSON Schema in which something with a schema of its own may stand. */
internal object NestedSchema {
    private val printer = Json { prettyPrint = true }

    /**
     * The schema.
     *
     * @param outer what has no definitions yet, and refers to the other by [name]
     * @param inner the whole schema of the other, whose definitions and draft it takes over
     */
    fun json(title: String, outer: String, name: String, inner: String): String {
        val other = Json.parseToJsonElement(inner).jsonObject
        val definitions = other.getValue(DEFINITIONS).jsonObject
        val own = JsonObject(other - DEFINITIONS - SCHEMA - "title")
        val whole =
            mapOf(SCHEMA to other.getValue(SCHEMA), "title" to JsonPrimitive(title)) +
                Json.parseToJsonElement(outer).jsonObject +
                (DEFINITIONS to JsonObject(definitions + (name to own)))
        return printer.encodeToString(JsonObject.serializer(), JsonObject(whole)) + "\n"
    }
}
