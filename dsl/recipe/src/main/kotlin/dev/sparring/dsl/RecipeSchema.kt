package dev.sparring.dsl

import dev.sparring.dsl.text.ChoiceForm
import dev.sparring.dsl.text.Detail
import dev.sparring.dsl.text.EnumForm
import dev.sparring.dsl.text.Form
import dev.sparring.dsl.text.ListForm
import dev.sparring.dsl.text.RecordForm
import dev.sparring.dsl.text.ScalarForm
import dev.sparring.dsl.text.Setting
import dev.sparring.dsl.text.TYPE
import dev.sparring.dsl.text.jsonTree
import dev.sparring.dsl.text.meaning
import dev.sparring.recipe.Recipe
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

    /** The schema, draft 2020-12. */
    @JvmStatic
    public fun json(): String =
        printer.encodeToString(JsonObject.serializer(), Schema().of(Recipe::class.java)) + "\n"
}

private const val DESCRIPTION = "description"

private class Schema {
    private val definitions = sortedMapOf<String, JsonElement>()

    fun of(root: Class<out Record>): JsonObject {
        val body = record(Form.of(root))
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

    private fun form(form: Form): JsonObject =
        when (form) {
            is ScalarForm -> scalar(form)
            is EnumForm ->
                buildJsonObject {
                    meaning(form.type).sentence?.let { put(DESCRIPTION, it) }
                    put("enum", strings(form.words.keys))
                }
            is ListForm ->
                buildJsonObject {
                    put("type", "array")
                    put("items", form(form.element))
                }
            is RecordForm -> defined(form.type.simpleName) { record(form) }
            is ChoiceForm -> defined(form.type.simpleName) { choice(form) }
        }

    private fun scalar(form: ScalarForm): JsonObject = buildJsonObject {
        when (form) {
            ScalarForm.INT -> {
                put("type", "integer")
                put("minimum", Int.MIN_VALUE)
                put("maximum", Int.MAX_VALUE)
            }
            ScalarForm.LONG -> put("type", "integer")
            ScalarForm.NUMBER -> put("type", "number")
            ScalarForm.TRUTH -> put("type", "boolean")
            ScalarForm.TEXT -> put("type", "string")
        }
    }

    private fun record(form: RecordForm): JsonObject {
        val defaults = form.example()?.let { jsonTree(it, Detail.FULL) }
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

    private fun setting(form: RecordForm, setting: Setting, defaults: JsonObject?): JsonObject {
        val schema = form(setting.form)
        val allowed = if (setting.nullable) orNull(schema) else schema
        val default = defaults?.get(setting.name).takeIf { setting !in form.required }
        val text = meaning(form.type).setting(setting.name)
        return JsonObject(
            allowed +
                listOfNotNull(
                    default?.let { "default" to it },
                    text?.let { DESCRIPTION to JsonPrimitive(it) },
                )
        )
    }

    /** A bare word for what needs no settings, else an object told by its type. */
    private fun choice(form: ChoiceForm): JsonObject = buildJsonObject {
        val bare = form.alternatives.values.filter { it.required.isEmpty() }.mapNotNull { it.word }
        val words = buildJsonObject { put("enum", strings(bare)) }
        val objects = form.alternatives.values.map { it.type }.map { form(Form.of(it)) }
        meaning(form.type).sentence?.let { put(DESCRIPTION, it) }
        put("oneOf", JsonArray(if (bare.isEmpty()) objects else listOf(words) + objects))
    }

    private fun defined(name: String, body: () -> JsonObject): JsonObject {
        if (name !in definitions) {
            definitions[name] = JsonObject(emptyMap()) // for records that hold their own kind
            definitions[name] = body()
        }
        return buildJsonObject { put("\$ref", "#/\$defs/$name") }
    }

    private fun orNull(schema: JsonObject) = buildJsonObject {
        put("anyOf", JsonArray(listOf(schema, buildJsonObject { put("type", "null") })))
    }

    private fun strings(words: Collection<String>) = JsonArray(words.map { JsonPrimitive(it) })
}
