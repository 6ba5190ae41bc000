package dev.sparring.dsl.text

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * A setting in words.
 *
 * @param default as a recipe writes it; null where there is none, or where it is null
 * @param optional whether a recipe may leave it out
 */
internal class SettingText(
    val name: String,
    val type: String,
    val default: String?,
    val optional: Boolean,
    val meaning: String?,
) {
    /** In one line: `kernel: integer = 3`, `init?: initializer`. */
    override fun toString(): String {
        val mark = if (optional && default == null) "?" else ""
        return "$name$mark: $type" + default?.let { " = $it" }.orEmpty()
    }

    companion object {
        /** The settings of a record, in its order. */
        fun of(schema: RecordSchema): List<SettingText> {
            val example = schema.example()
            val meaning = meaning(schema.type)
            return schema.settings.map { setting ->
                val optional = setting !in schema.required
                val default = if (optional) example?.let { setting.of(it) } else null
                SettingText(
                    setting.name,
                    type(setting.schema) + setting.nullWord?.let { " or $it" }.orEmpty(),
                    default?.let { shown(jsonTree(it, setting.schema, Detail.SHORT)) }
                        ?: setting.nullWord.takeIf { optional },
                    optional,
                    meaning.setting(setting.name),
                )
            }
        }

        private fun type(schema: Schema): String =
            when (schema) {
                ScalarSchema.INT,
                ScalarSchema.LONG -> "integer"
                ScalarSchema.NUMBER -> "number"
                ScalarSchema.TRUTH -> "true or false"
                ScalarSchema.TEXT -> "text"
                is EnumSchema -> schema.noun
                is ListSchema -> "list of " + type(schema.element).let(::plural)
                is RecordSchema -> schema.noun
                is ChoiceSchema -> schema.noun
            }

        private fun plural(type: String) =
            if (type.startsWith("list")) type.replaceFirst("list", "lists") else "${type}s"

        private fun shown(value: JsonElement): String =
            when (value) {
                is JsonPrimitive -> value.content
                is JsonArray -> value.joinToString(", ", "[", "]", transform = ::shown)
                is JsonObject ->
                    if (value.isEmpty()) "{}"
                    else
                        value.entries.joinToString(", ", "{ ", " }") {
                            "${it.key}: ${shown(it.value)}"
                        }
            }
    }
}
