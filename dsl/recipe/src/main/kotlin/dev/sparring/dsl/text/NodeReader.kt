package dev.sparring.dsl.text

import dev.sparring.dsl.PlacedProblem
import dev.sparring.dsl.RecipeSyntaxException

/** Makes the model's objects from a tree, and collects everything that is wrong on the way. */
internal class NodeReader private constructor() {
    private val problems = mutableListOf<PlacedProblem>()

    companion object {
        /**
         * The object that a tree describes.
         *
         * @throws RecipeSyntaxException with all problems
         */
        fun read(node: Node, form: Form): Any {
            val reader = NodeReader()
            val value = reader.read(node, form, "")
            if (reader.problems.isNotEmpty() || value == null) {
                throw RecipeSyntaxException(
                    reader.problems.sortedWith(compareBy({ it.line ?: 0 }, { it.column ?: 0 }))
                )
            }
            return value
        }
    }

    /** The value, or null behind a problem. */
    private fun read(node: Node, form: Form, path: String): Any? =
        when (form) {
            is ScalarForm -> scalar(node, form, path)
            is EnumForm -> constant(node, form, path)
            is ListForm -> list(node, form, path)
            is RecordForm ->
                if (node is Fields) record(node, form, path)
                else
                    problem(
                        node,
                        path,
                        "expected settings (${names(form)}), got ${node.described()}",
                    )
            is ChoiceForm -> choice(node, form, path)
        }

    private fun list(node: Node, form: ListForm, path: String): Any? {
        if (node !is Items) return problem(node, path, "expected a list, got ${node.described()}")
        val values =
            node.items.mapIndexed { i, item -> read(item, form.element, under(path, "$i")) }
        return values.takeUnless { null in it }
    }

    private fun constant(node: Node, form: EnumForm, path: String): Any? =
        (node as? Leaf)?.let { form.words[it.text] }
            ?: problem(node, path, "expected ${anyOf(form.words.keys)}, got ${node.described()}")

    private fun choice(node: Node, form: ChoiceForm, path: String): Any? {
        val words = form.alternatives.keys
        val typeNode = if (node is Fields) node.entries[TYPE] else node
        if (typeNode !is Leaf) {
            val got = if (node is Fields) "'$TYPE' is missing" else "got ${node.described()}"
            return problem(typeNode ?: node, path, "expected ${form.one} (${list(words)}), $got")
        }
        val alternative = form.alternatives[typeNode.text]
        if (alternative == null) {
            val at = if (node is Fields) under(path, TYPE) else path
            val hint = didYouMean(typeNode.text, words)
            return problem(
                typeNode,
                at,
                "unknown ${form.noun} '${typeNode.text}'$hint there is ${list(words)}",
            )
        }
        return record(node as? Fields ?: Fields(emptyMap(), node.place), alternative, path)
    }

    private fun record(node: Fields, form: RecordForm, path: String): Any? {
        val before = problems.size
        val values = mutableMapOf<String, Any?>()
        for ((key, value) in node.entries) {
            val setting = form.setting(key)
            when {
                setting == null && key == TYPE && form.word != null -> Unit
                setting == null -> unknown(node, key, form, path)
                setting.nullable && value is Absent -> values[key] = null
                else -> values[key] = read(value, setting.form, under(path, key))
            }
        }
        for (setting in form.required.filter { it.name !in node.entries }) {
            problem(node, path, "${form.noun} needs '${setting.name}', which is missing")
        }
        if (problems.size > before) return null
        return try {
            form.make(values)
        } catch (e: IllegalArgumentException) {
            refused(node, form, path, e.message ?: e.toString())
        }
    }

    private fun unknown(node: Fields, key: String, form: RecordForm, path: String) {
        val known = form.settings.map { it.name }
        val has = if (known.isEmpty()) "no settings" else list(known)
        val hint = didYouMean(key, known)
        problem(node.key(key), under(path, key), "unknown setting$hint ${form.noun} has $has")
    }

    /** Puts what a record's constructor says at the setting that it begins with. */
    private fun refused(node: Fields, form: RecordForm, path: String, message: String): Any? {
        val named =
            form.settings.filter { Regex("\\b${it.name}\\b") in message && it.name in node.entries }
        val first =
            named.find { message.startsWith("${it.name} ") }
                ?: named.firstOrNull { it.name.length > 2 }
        if (first == null) return problem(node, path, message)
        val place = node.entries.getValue(first.name).place ?: node.place
        return problem(place, under(path, first.name), message.removePrefix("${first.name} "))
    }

    private fun scalar(node: Node, form: ScalarForm, path: String): Any? {
        val text = (node as? Leaf)?.text
        val value =
            when {
                text == null -> null
                form == ScalarForm.TEXT -> text
                node.quoted -> null
                else -> parse(text, form)
            }
        if (value != null) return value
        if (text != null && !node.quoted && WHOLE.matches(text)) {
            val (low, high) =
                if (form == ScalarForm.INT) Int.MIN_VALUE to Int.MAX_VALUE
                else Long.MIN_VALUE to Long.MAX_VALUE
            return problem(node, path, "expected ${form.expected} from $low to $high, got '$text'")
        }
        return problem(node, path, "expected ${form.expected}, got ${node.described()}")
    }

    private fun parse(text: String, form: ScalarForm): Any? =
        when (form) {
            ScalarForm.INT -> text.takeIf(WHOLE::matches)?.toIntOrNull()
            ScalarForm.LONG -> text.takeIf(WHOLE::matches)?.toLongOrNull()
            ScalarForm.NUMBER -> text.takeIf(NUMBER::matches)?.toDouble()?.takeIf(Double::isFinite)
            ScalarForm.TRUTH -> text.toBooleanStrictOrNull()
            ScalarForm.TEXT -> text
        }

    private fun problem(node: Node, path: String, text: String): Any? =
        problem(node.place, path, text)

    private fun problem(place: Place?, path: String, text: String): Any? {
        problems += PlacedProblem(place?.source.orEmpty(), place?.line, place?.column, path, text)
        return null
    }

    private fun names(form: RecordForm) = list(form.settings.map { it.name })
}

private val WHOLE = Regex("[-+]?[0-9]+")
private val NUMBER = Regex("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?")

internal fun under(path: String, key: String): String = if (path.isEmpty()) key else "$path.$key"

internal fun list(words: Collection<String>): String = words.joinToString(", ")

private fun anyOf(words: Collection<String>): String =
    if (words.size < 2) list(words) else "${list(words.toList().dropLast(1))} or ${words.last()}"
