package dev.sparring.dsl.text

import dev.sparring.dsl.PlacedProblem
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.recipe.RecipeException
import dev.sparring.setting.Shown

/** Creates the model's objects from a tree, and collects all problems. */
internal class NodeReader private constructor(private val kept: KeptObjects?) {
    private val problems = mutableListOf<PlacedProblem>()
    private var level = 0

    /** Ends the reading of a text in which too much is wrong. */
    private class TooMany : RuntimeException(null, null, false, false)

    companion object {
        /**
         * The object that a tree describes.
         *
         * @param kept what texts of [KeptObjects] stand for
         * @throws RecipeSyntaxException with all problems
         */
        fun read(node: Node, schema: Schema, kept: KeptObjects? = null): Any {
            val reader = NodeReader(kept)
            val value =
                try {
                    reader.read(node, schema, "")
                } catch (_: TooMany) {
                    null
                }
            if (reader.problems.isNotEmpty() || value == null) {
                throw RecipeSyntaxException(
                    reader.problems.sortedWith(compareBy({ it.line ?: 0 }, { it.column ?: 0 }))
                )
            }
            return value
        }
    }

    /** The value, or null after a problem. */
    private fun read(node: Node, schema: Schema, path: String): Any? {
        val levels = if (node is Fields || node is Items) 1 else 0
        if (level + levels > DEEPEST) return problem(node, path, TOO_DEEP)
        level += levels
        return value(node, schema, path).also { level -= levels }
    }

    private fun value(node: Node, schema: Schema, path: String): Any? =
        when (schema) {
            is ScalarSchema -> scalar(node, schema, path)
            is EnumSchema -> constant(node, schema, path)
            is ListSchema -> list(node, schema, path)
            is RecordSchema ->
                if (node is Fields) record(node, schema, path)
                else
                    problem(
                        node,
                        path,
                        "expected settings (${names(schema)}), got ${node.described()}",
                    )
            is ChoiceSchema -> choice(node, schema, path)
        }

    private fun list(node: Node, schema: ListSchema, path: String): Any? {
        if (node !is Items) return problem(node, path, "expected a list, got ${node.described()}")
        val values =
            node.items.mapIndexed { i, item -> read(item, schema.element, under(path, "$i")) }
        return values.takeUnless { null in it }
    }

    private fun constant(node: Node, schema: EnumSchema, path: String): Any? =
        (node as? Leaf)?.let { schema.words[it.text] }
            ?: problem(node, path, "expected ${anyOf(schema.words.keys)}, got ${node.described()}")

    private fun choice(node: Node, schema: ChoiceSchema, path: String): Any? {
        val words = schema.alternatives.keys
        val typeNode = if (node is Fields) node.entries[TYPE] else node
        if (typeNode !is Leaf) {
            val got = if (node is Fields) "'$TYPE' is missing" else "got ${node.described()}"
            return problem(typeNode ?: node, path, "expected ${schema.one} (${list(words)}), $got")
        }
        kept?.find(typeNode.text, schema.type)?.let {
            return it
        }
        val alternative = schema.alternatives[typeNode.text]
        if (alternative == null) {
            val at = if (node is Fields) under(path, TYPE) else path
            // Names with a dot are users'.
            val hint =
                if ('.' in typeNode.text) "; is the jar that brings it missing (--with)?"
                else didYouMean(typeNode.text, words)
            return problem(
                typeNode,
                at,
                "unknown ${schema.noun} ${Shown.quoted(typeNode.text)}$hint there is ${list(words)}",
            )
        }
        return record(node as? Fields ?: Fields(emptyMap(), node.place), alternative, path)
    }

    private fun record(node: Fields, schema: RecordSchema, path: String): Any? {
        val before = problems.size
        val values = mutableMapOf<String, Any?>()
        for ((key, value) in node.entries) {
            val setting = schema.setting(key)
            when {
                setting == null && key == TYPE && schema.word != null -> Unit
                setting == null -> unknown(node, key, schema, path)
                setting.nullable && (value is Absent || value.isWord(setting.nullWord)) ->
                    values[key] = null
                setting.nullWord != null && setting.schema is ScalarSchema ->
                    values[key] =
                        scalar(
                            value,
                            setting.schema as ScalarSchema,
                            under(path, key),
                            " or ${setting.nullWord}",
                        )
                else -> values[key] = read(value, setting.schema, under(path, key))
            }
        }
        for (setting in schema.required.filter { it.name !in node.entries }) {
            problem(node, path, "${schema.noun} needs '${setting.name}', which is missing")
        }
        if (problems.size > before) return null
        return try {
            schema.make(values)
        } catch (e: RecipeException) {
            // It knows the places of its problems itself.
            for (it in e.problems()) {
                val at = if (it.path().isEmpty()) path else under(path, it.path())
                problem(node.nearest(it.path()).place, at, it.text())
            }
            null
        } catch (e: IllegalArgumentException) {
            refused(node, schema, path, e.message ?: e.toString())
        }
    }

    private fun unknown(node: Fields, key: String, schema: RecordSchema, path: String) {
        val known = schema.settings.map { it.name }
        val has = if (known.isEmpty()) "no settings" else list(known)
        val hint = didYouMean(key, known)
        val at = under(path, Shown.value(key))
        problem(node.key(key), at, "unknown setting$hint ${schema.noun} has $has")
    }

    /** Reports a constructor's message at the setting that the message begins with. */
    private fun refused(node: Fields, schema: RecordSchema, path: String, message: String): Any? {
        val named =
            schema.settings.filter {
                Regex("\\b${it.name}\\b") in message && it.name in node.entries
            }
        val first =
            named.find { message.startsWith("${it.name} ") }
                ?: named.firstOrNull { it.name.length > 2 }
        if (first == null) return problem(node, path, message)
        val place = node.entries.getValue(first.name).place ?: node.place
        return problem(place, under(path, first.name), message.removePrefix("${first.name} "))
    }

    private fun Node.isWord(word: String?) = word != null && this is Leaf && text == word

    /** @param orElse what else is right, for the message */
    private fun scalar(node: Node, schema: ScalarSchema, path: String, orElse: String = ""): Any? {
        val text = (node as? Leaf)?.text
        val value =
            when {
                text == null -> null
                schema == ScalarSchema.TEXT -> text
                node.quoted -> null
                else -> parse(text, schema)
            }
        if (value != null) return value
        val range = if (text != null && !node.quoted) range(text, schema) else ""
        return problem(
            node,
            path,
            "expected ${schema.expected}$range$orElse, got ${node.described()}" +
                if (schema == ScalarSchema.NUMBER) scheduled(node, path) else "",
        )
    }

    /** Where a schedule is written, for one that stands in its number's place. */
    private fun scheduled(node: Node, path: String): String =
        if (node is Fields && "to" in node.entries)
            "; one that changes stands in train.schedules: [{ setting: $path, to: ... }]"
        else ""

    /** What a number has to be beside being one, if it is one; else nothing. */
    private fun range(text: String, schema: ScalarSchema): String =
        when {
            schema == ScalarSchema.INT && WHOLE.matches(text) ->
                " from ${Int.MIN_VALUE} to ${Int.MAX_VALUE}"
            schema == ScalarSchema.LONG && WHOLE.matches(text) ->
                " from ${Long.MIN_VALUE} to ${Long.MAX_VALUE}"
            schema == ScalarSchema.NUMBER && NUMBER.matches(text) ->
                " from -${Double.MAX_VALUE} to ${Double.MAX_VALUE}"
            else -> ""
        }

    private fun parse(text: String, schema: ScalarSchema): Any? =
        when (schema) {
            ScalarSchema.INT -> text.takeIf(WHOLE::matches)?.toIntOrNull()
            ScalarSchema.LONG -> text.takeIf(WHOLE::matches)?.toLongOrNull()
            ScalarSchema.NUMBER ->
                text.takeIf(NUMBER::matches)?.toDouble()?.takeIf(Double::isFinite)
            ScalarSchema.TRUTH -> text.toBooleanStrictOrNull()
            ScalarSchema.TEXT -> text
        }

    private fun problem(node: Node, path: String, text: String): Any? =
        problem(node.place, path, text)

    private fun problem(place: Place?, path: String, text: String): Any? {
        problems += dev.sparring.dsl.text.problem(place, path, text)
        if (problems.size == MOST_PROBLEMS) throw TooMany()
        return null
    }

    private fun names(schema: RecordSchema) = list(schema.settings.map { it.name })
}

/** More than one mends at once; where there are as many, the text is not read to its end. */
private const val MOST_PROBLEMS = 100

private val WHOLE = Regex("[-+]?[0-9]+")
private val NUMBER = Regex("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?")

internal fun under(path: String, key: String): String = if (path.isEmpty()) key else "$path.$key"

internal fun list(words: Collection<String>): String = words.joinToString(", ")

private fun anyOf(words: Collection<String>): String =
    if (words.size < 2) list(words) else "${list(words.toList().dropLast(1))} or ${words.last()}"
