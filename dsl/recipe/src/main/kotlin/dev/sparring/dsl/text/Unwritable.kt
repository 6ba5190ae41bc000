package dev.sparring.dsl.text

import dev.sparring.recipe.Problem
import dev.sparring.setting.Word

/** Finds what has no text: objects that are no words of the vocabulary. */
internal object Unwritable {
    /** Each with its path in the recipe; none if all of it can be written. */
    fun find(root: Record, schema: RecordSchema): List<Problem> = buildList {
        visit(root, schema, "", 1) { path, value ->
            add(Problem(path, if (value === DEEP) TOO_DEEP else text(value)))
        }
    }

    /** The objects themselves. */
    fun objects(root: Record, schema: RecordSchema): List<Any> = buildList {
        visit(root, schema, "", 1) { _, value -> if (value !== DEEP) add(value) }
    }

    /** Stands for what is nested deeper than a text may be, and is not visited. */
    private val DEEP = Any()

    /** @param level that of the value if it is a list or a record */
    private fun visit(
        value: Any?,
        schema: Schema,
        path: String,
        level: Int,
        found: (String, Any) -> Unit,
    ) {
        if (level > DEEPEST && (value is List<*> || value is Record)) return found(path, DEEP)
        when (schema) {
            is ScalarSchema,
            is EnumSchema -> Unit
            is ListSchema ->
                (value as List<*>?)?.forEachIndexed { i, item ->
                    visit(item, schema.element, under(path, "$i"), level + 1, found)
                }
            is RecordSchema ->
                if (value != null) {
                    schema.settings.forEach {
                        visit(it.of(value), it.schema, under(path, it.name), level + 1, found)
                    }
                }
            is ChoiceSchema ->
                if (value != null) {
                    val word = schema.of(value)
                    if (word == null) found(path, value) else visit(value, word, path, level, found)
                }
        }
    }

    private fun text(value: Any): String {
        val what = StandIn.described(value)
        val word = value.javaClass.getAnnotation(Word::class.java)?.value
        return if (word == null) {
            "$what has no text: only records with a @Word that a vocabulary lists have one"
        } else {
            "$what has no text: the vocabulary lacks its word $word; name it in a WordProvider"
        }
    }
}
