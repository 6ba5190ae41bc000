package dev.sparring.dsl.text

/** Everything that a recipe's text may consist of, in the order in which a recipe comes to it. */
internal class WordIndex(root: RecordSchema) {
    private val found = linkedMapOf<Schema, LinkedHashSet<String>>()

    init {
        visit(root, root.noun)
    }

    /** Records that are no alternatives: a recipe's sections. */
    val sections: List<RecordSchema> =
        found.keys.filterIsInstance<RecordSchema>().filter { it.word == null }

    /** Choices between words. */
    val families: List<ChoiceSchema> = found.keys.filterIsInstance<ChoiceSchema>()

    /** Choices between words without settings. */
    val enums: List<EnumSchema> = found.keys.filterIsInstance<EnumSchema>()

    /** The settings that hold it. */
    fun keys(schema: Schema): Set<String> = found[schema].orEmpty()

    private fun visit(schema: Schema, key: String) {
        val isNew = schema !in found
        if (schema !is ScalarSchema && schema !is ListSchema) {
            found.getOrPut(schema, ::linkedSetOf).add(key)
        }
        when (schema) {
            is ScalarSchema,
            is EnumSchema -> {}
            is ListSchema -> visit(schema.element, key)
            is RecordSchema -> if (isNew) schema.settings.forEach { visit(it.schema, it.name) }
            is ChoiceSchema ->
                if (isNew) schema.alternatives.values.forEach { visit(it, it.word.orEmpty()) }
        }
    }
}
