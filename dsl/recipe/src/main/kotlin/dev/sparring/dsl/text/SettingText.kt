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
        fun of(form: RecordForm): List<SettingText> {
            val example = form.example()
            val meaning = meaning(form.type)
            return form.settings.map { setting ->
                val optional = setting !in form.required
                val default = if (optional) example?.let { setting.of(it) } else null
                SettingText(
                    setting.name,
                    type(setting.form),
                    default?.let { shown(jsonTree(it, setting.form, Detail.SHORT)) },
                    optional,
                    meaning.setting(setting.name),
                )
            }
        }

        private fun type(form: Form): String =
            when (form) {
                ScalarForm.INT,
                ScalarForm.LONG -> "integer"
                ScalarForm.NUMBER -> "number"
                ScalarForm.TRUTH -> "true or false"
                ScalarForm.TEXT -> "text"
                is EnumForm -> form.noun
                is ListForm -> "list of " + type(form.element).let(::plural)
                is RecordForm -> form.noun
                is ChoiceForm -> form.noun
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
