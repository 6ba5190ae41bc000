package dev.sparring.dsl.text

import dev.sparring.dsl.PlacedProblem
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.recipe.RecipeException

/** Creates the model's objects from a tree, and collects all problems. */
internal class NodeReader private constructor(private val kept: KeptObjects?) {
    private val problems = mutableListOf<PlacedProblem>()

    companion object {
        /**
         * The object that a tree describes.
         *
         * @param kept what texts of [KeptObjects] stand for
         * @throws RecipeSyntaxException with all problems
         */
        fun read(node: Node, schema: Schema, kept: KeptObjects? = null): Any {
            val reader = NodeReader(kept)
            val value = reader.read(node, schema, "")
            if (reader.problems.isNotEmpty() || value == null) {
                throw RecipeSyntaxException(
                    reader.problems.sortedWith(compareBy({ it.line ?: 0 }, { it.column ?: 0 }))
                )
            }
            return value
        }
    }

    /** The value, or null after a problem. */
    private fun read(node: Node, schema: Schema, path: String): Any? =
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
                "unknown ${schema.noun} '${typeNode.text}'$hint there is ${list(words)}",
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
                setting.nullable && value is Absent -> values[key] = null
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
            // A recipe as a whole names the places itself.
            e.problems().forEach { problem(node.at(it.path()), it.path(), it.text()) }
            null
        } catch (e: IllegalArgumentException) {
            refused(node, schema, path, e.message ?: e.toString())
        }
    }

    private fun unknown(node: Fields, key: String, schema: RecordSchema, path: String) {
        val known = schema.settings.map { it.name }
        val has = if (known.isEmpty()) "no settings" else list(known)
        val hint = didYouMean(key, known)
        problem(node.key(key), under(path, key), "unknown setting$hint ${schema.noun} has $has")
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

    private fun scalar(node: Node, schema: ScalarSchema, path: String): Any? {
        val text = (node as? Leaf)?.text
        val value =
            when {
                text == null -> null
                schema == ScalarSchema.TEXT -> text
                node.quoted -> null
                else -> parse(text, schema)
            }
        if (value != null) return value
        if (text != null && !node.quoted && WHOLE.matches(text)) {
            val (low, high) =
                if (schema == ScalarSchema.INT) Int.MIN_VALUE to Int.MAX_VALUE
                else Long.MIN_VALUE to Long.MAX_VALUE
            return problem(
                node,
                path,
                "expected ${schema.expected} from $low to $high, got '$text'",
            )
        }
        return problem(node, path, "expected ${schema.expected}, got ${node.described()}")
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
        problems += PlacedProblem(place?.source.orEmpty(), place?.line, place?.column, path, text)
        return null
    }

    private fun names(schema: RecordSchema) = list(schema.settings.map { it.name })
}

private val WHOLE = Regex("[-+]?[0-9]+")
private val NUMBER = Regex("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?")

internal fun under(path: String, key: String): String = if (path.isEmpty()) key else "$path.$key"

internal fun list(words: Collection<String>): String = words.joinToString(", ")

private fun anyOf(words: Collection<String>): String =
    if (words.size < 2) list(words) else "${list(words.toList().dropLast(1))} or ${words.last()}"
