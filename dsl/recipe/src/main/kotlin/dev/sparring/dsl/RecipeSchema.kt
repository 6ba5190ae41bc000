package dev.sparring.dsl

import dev.sparring.dsl.text.ChoiceSchema
import dev.sparring.dsl.text.Detail
import dev.sparring.dsl.text.EnumSchema
import dev.sparring.dsl.text.ListSchema
import dev.sparring.dsl.text.RecordSchema
import dev.sparring.dsl.text.ScalarSchema
import dev.sparring.dsl.text.Schema
import dev.sparring.dsl.text.Setting
import dev.sparring.dsl.text.TYPE
import dev.sparring.dsl.text.jsonTree
import dev.sparring.dsl.text.meaning
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject

/**
 * The JSON Schema of a recipe, with which editors check, complete and explain YAML and JSON. Its
 * descriptions are the Javadoc of the model.
 */
public object RecipeSchema {
    private val printer = Json { prettyPrint = true }

    /**
     * The schema, draft 2020-12, with the words of a format; by default those on the class path.
     */
    @JvmStatic
    @JvmOverloads
    public fun json(format: RecipeFormat = RecipeFormat.onClassPath): String =
        printer.encodeToString(JsonObject.serializer(), JsonSchema().of(format.recipeSchema)) + "\n"
}

private const val DESCRIPTION = "description"

private class JsonSchema {
    private val definitions = sortedMapOf<String, JsonElement>()

    fun of(root: RecordSchema): JsonObject {
        val body = record(root)
        val properties = body.getValue("properties") as JsonObject
        val schemaKey = "\$schema" to buildJsonObject { put("type", "string") }
        return JsonObject(
            mapOf(
                "\$schema" to JsonPrimitive("https://json-schema.org/draft/2020-12/schema"),
                "title" to JsonPrimitive("Sparring recipe"),
            ) +
                body +
                ("properties" to JsonObject(mapOf(schemaKey) + properties)) +
                ("\$defs" to JsonObject(definitions))
        )
    }

    private fun form(form: Schema): JsonObject =
        when (form) {
            is ScalarSchema -> scalar(form)
            is EnumSchema ->
                buildJsonObject {
                    meaning(form.type).sentence?.let { put(DESCRIPTION, it) }
                    put("enum", strings(form.words.keys))
                }
            is ListSchema ->
                buildJsonObject {
                    put("type", "array")
                    put("items", form(form.element))
                }
            // A user's word by its own name: classes of several users may have the same name.
            is RecordSchema ->
                defined(form.word?.takeIf { '.' in it } ?: form.type.simpleName) { record(form) }
            is ChoiceSchema -> defined(form.type.simpleName) { choice(form) }
        }

    private fun scalar(form: ScalarSchema): JsonObject = buildJsonObject {
        when (form) {
            ScalarSchema.INT -> {
                put("type", "integer")
                put("minimum", Int.MIN_VALUE)
                put("maximum", Int.MAX_VALUE)
            }
            ScalarSchema.LONG -> put("type", "integer")
            ScalarSchema.NUMBER -> put("type", "number")
            ScalarSchema.TRUTH -> put("type", "boolean")
            ScalarSchema.TEXT -> put("type", "string")
        }
    }

    private fun record(form: RecordSchema): JsonObject {
        val defaults = form.example()?.let { jsonTree(it, form, Detail.FULL) }
        val required =
            listOfNotNull(TYPE.takeIf { form.word != null }) + form.required.map { it.name }
        return buildJsonObject {
            meaning(form.type).sentence?.let { put(DESCRIPTION, it) }
            put("type", "object")
            putJsonObject("properties") {
                form.word?.let { putJsonObject(TYPE) { put("const", it) } }
                for (it in form.settings) put(it.name, setting(form, it, defaults))
            }
            if (required.isNotEmpty()) put("required", strings(required))
            put("additionalProperties", false)
        }
    }

    private fun setting(form: RecordSchema, setting: Setting, defaults: JsonObject?): JsonObject {
        val schema = form(setting.schema)
        val allowed = if (setting.nullable) orNull(schema, setting.nullWord) else schema
        val default =
            (defaults?.get(setting.name) ?: setting.nullWord?.let(::JsonPrimitive)).takeIf {
                setting !in form.required
            }
        val text = meaning(form.type).setting(setting.name)
        return JsonObject(
            allowed +
                listOfNotNull(
                    default?.let { "default" to it },
                    text?.let { DESCRIPTION to JsonPrimitive(it) },
                )
        )
    }

    /** A bare word if no settings are required, else an object with its `type`. */
    private fun choice(form: ChoiceSchema): JsonObject = buildJsonObject {
        val bare = form.alternatives.values.filter { it.required.isEmpty() }.mapNotNull { it.word }
        val words = buildJsonObject { put("enum", strings(bare)) }
        val objects = form.alternatives.values.map { form(it) }
        meaning(form.type).sentence?.let { put(DESCRIPTION, it) }
        put("oneOf", JsonArray(if (bare.isEmpty()) objects else listOf(words) + objects))
    }

    private fun defined(name: String, body: () -> JsonObject): JsonObject {
        if (name !in definitions) {
            definitions[name] = JsonObject(emptyMap()) // for records that contain their own type
            definitions[name] = body()
        }
        return buildJsonObject { put("\$ref", "#/\$defs/$name") }
    }

    private fun orNull(schema: JsonObject, word: String?) = buildJsonObject {
        val written = word?.let { listOf(buildJsonObject { put("const", it) }) }.orEmpty()
        val absent = buildJsonObject { put("type", "null") }
        put("anyOf", JsonArray(listOf(schema) + written + absent))
    }

    private fun strings(words: Collection<String>) = JsonArray(words.map { JsonPrimitive(it) })
}
