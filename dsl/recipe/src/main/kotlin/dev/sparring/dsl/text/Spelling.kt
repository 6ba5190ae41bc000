package dev.sparring.dsl.text

import java.lang.reflect.Method

/** How one word with some settings is written in YAML, in Kotlin and in Java. */
internal class Spelling(private val schema: RecordSchema) {
    private val type = schema.type.simpleName
    private val word = schema.word.orEmpty()

    /** A setting with a default, for which Java has a method of its name. */
    private val more: Setting? =
        schema.settings.firstOrNull { setting ->
            setting !in schema.required &&
                setting.schema is ScalarSchema &&
                default(setting) != null &&
                wither(setting) != null
        }

    /** The three, by language. */
    fun all(): List<Pair<String, String>> =
        listOf("YAML" to yaml(), "Kotlin" to kotlin(), "Java" to java())

    private fun yaml(): String {
        val settings =
            schema.required.map { "${it.name}: ${yaml(it.schema)}" } +
                listOfNotNull(more?.let { "${it.name}: ${shown(it)}" })
        return if (settings.isEmpty()) word
        else settings.joinToString(", ", "{ $TYPE: $word, ", " }")
    }

    private fun kotlin(): String {
        // Layers come last, in braces.
        val (blocks, plain) = schema.required.partition { isBlock(it.schema) }
        val settings =
            plain.map { kotlin(it.schema) } +
                listOfNotNull(more?.let { "${it.name} = ${shown(it)}" })
        val brackets =
            if (blocks.isNotEmpty() && settings.isEmpty()) ""
            else settings.joinToString(", ", "(", ")")
        return word + brackets + if (blocks.isEmpty()) "" else " { ... }"
    }

    private fun java(): String {
        val factory = schema.factoryName?.let { "$type.$it" } ?: "new $type"
        val arguments = schema.required.joinToString(", ", "(", ")") { java(it.schema) }
        return factory + arguments + more?.let { ".${it.name}(${shown(it)})" }.orEmpty()
    }

    private fun yaml(schema: Schema): String =
        when (schema) {
            is ScalarSchema -> if (schema == ScalarSchema.TEXT) TEXT else number(schema)
            is EnumSchema -> schema.words.keys.first()
            is ListSchema -> if (schema.element is ScalarSchema) "[8]" else "[...]"
            is ChoiceSchema -> bare(schema)
            is RecordSchema -> "{ ... }"
        }

    private fun kotlin(schema: Schema): String =
        when (schema) {
            is ScalarSchema -> if (schema == ScalarSchema.TEXT) "\"$TEXT\"" else number(schema)
            is EnumSchema -> "${schema.type.simpleName}.${schema.words.values.first().name}"
            is ListSchema -> if (schema.element is ScalarSchema) "8" else "..."
            is ChoiceSchema -> bare(schema)
            is RecordSchema -> "..."
        }

    private fun java(schema: Schema): String =
        when (schema) {
            is ListSchema -> if (schema.element is ScalarSchema) "List.of(8)" else "List.of(...)"
            is ChoiceSchema ->
                "${alternative(schema).type.simpleName}.${alternative(schema).factoryName}()"
            else -> kotlin(schema)
        }

    private fun alternative(schema: ChoiceSchema) =
        schema.alternatives.values.first { it.required.isEmpty() && it.factoryName != null }

    private fun bare(schema: ChoiceSchema) = alternative(schema).word.orEmpty()

    private fun isBlock(schema: Schema) = schema is ListSchema && schema.element !is ScalarSchema

    private fun number(schema: ScalarSchema) =
        when (schema) {
            ScalarSchema.NUMBER -> "1.0"
            ScalarSchema.TRUTH -> "true"
            else -> "8"
        }

    private fun default(setting: Setting): Any? = schema.example()?.let(setting::of)

    private fun shown(setting: Setting): String =
        when (val value = default(setting)) {
            is String -> "\"$value\""
            else -> "$value"
        }

    private fun wither(setting: Setting): Method? =
        schema.type.methods.find {
            it.name == setting.name && it.parameterCount == 1 && it.returnType == schema.type
        }

    private companion object {
        const val TEXT = "name"
    }
}
