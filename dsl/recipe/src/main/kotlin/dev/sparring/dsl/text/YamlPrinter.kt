package dev.sparring.dsl.text

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * Prints a tree as YAML for people: sections as blocks, a layer or a loss on one line. (kaml writes
 * maps as blocks only, which makes a layer four lines.)
 */
internal object YamlPrinter {
    private const val WIDTH = 100

    fun print(tree: JsonObject): String = buildString { fields(tree, "") }

    private fun StringBuilder.fields(fields: JsonObject, indent: String, first: String = indent) {
        fields.entries.forEachIndexed { i, (key, value) ->
            append(if (i == 0) first else indent).append(key).append(':')
            value(value, indent, (if (i == 0) first else indent).length + key.length + 2)
        }
    }

    /** The text after a key, on its line or below it. */
    private fun StringBuilder.value(value: JsonElement, indent: String, column: Int) {
        val line = flow(value)
        when {
            line != null && (column + line.length <= WIDTH || isOneLine(value)) ->
                append(' ').append(line).append('\n')
            value is JsonObject -> append('\n').also { fields(value, "$indent  ") }
            else -> append('\n').also { items(value as JsonArray, "$indent  ") }
        }
    }

    /** What has no block: below a key, an empty one would be nothing at all. */
    private fun isOneLine(value: JsonElement) =
        when (value) {
            is JsonPrimitive -> true
            is JsonArray -> value.isEmpty()
            is JsonObject -> value.isEmpty()
        }

    private fun StringBuilder.items(items: JsonArray, indent: String) {
        for (item in items) {
            val line = flow(item)
            when {
                line != null && (indent.length + 2 + line.length <= WIDTH || isOneLine(item)) ->
                    append(indent).append("- ").append(line).append('\n')
                item is JsonObject -> fields(item, "$indent  ", first = "$indent- ")
                else -> append(indent).append("-\n").also { items(item as JsonArray, "$indent  ") }
            }
        }
    }

    /** The value on one line, or null where a block reads better. */
    private fun flow(value: JsonElement): String? =
        when (value) {
            is JsonPrimitive -> scalar(value)
            is JsonArray ->
                if (value.isNotEmpty() && value.any { it !is JsonPrimitive || it.isString }) null
                else value.joinToString(", ", "[", "]") { scalar(it as JsonPrimitive) }
            is JsonObject -> flow(value)
        }

    /**
     * On one line: settings and, in an alternative, settings of settings; deeper values are blocks.
     */
    private fun flow(fields: JsonObject): String? {
        if (TYPE !in fields && fields.values.any { it is JsonObject }) return null
        val parts = fields.map { (key, value) -> "$key: ${flow(value) ?: return null}" }
        return if (parts.isEmpty()) "{}" else parts.joinToString(", ", "{ ", " }")
    }

    private fun scalar(value: JsonPrimitive): String =
        if (value.isString && !PLAIN.matches(value.content)) quoted(value.content)
        else value.content

    /** A JSON string is a YAML string, once what YAML does not let through is escaped. */
    private fun quoted(text: String): String = JsonPrimitive(text).toString().yamlSafe()

    // Words that mean nothing else: no number, no null, no true, and nothing of YAML 1.1's either.
    private val PLAIN =
        Regex("(?!(?i:null|true|false|yes|no|on|off|y|n)$)[A-Za-z/][A-Za-z0-9_./-]*")
}

/**
 * A text with JSON strings, with escapes for what JSON lets stand in them and YAML does not, lone
 * halves of surrogate pairs among it, and for what would turn the direction of a line.
 */
internal fun String.yamlSafe(): String = replace(UNSAFE) { "\\u%04x".format(it.value[0].code) }

private val UNSAFE =
    Regex(
        "[\\u007f-\\u009f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ud800-\\udfff\\ufeff\\ufff9-\\ufffb\\ufffe\\uffff]"
    )
