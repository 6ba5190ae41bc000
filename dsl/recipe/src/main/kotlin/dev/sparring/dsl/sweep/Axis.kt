package dev.sparring.dsl.sweep

import dev.sparring.dsl.Override
import dev.sparring.dsl.text.Absent
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Items
import dev.sparring.dsl.text.Leaf
import dev.sparring.dsl.text.Node
import dev.sparring.dsl.text.Place
import dev.sparring.dsl.text.TYPE
import dev.sparring.dsl.text.described
import dev.sparring.dsl.text.under
import dev.sparring.setting.Shown

/** A setting and the values that it takes, by their labels. */
internal class Axis(val path: String, val place: Place, val values: Map<String, Node>) {
    fun override(label: String) = Override(path.split('.'), values.getValue(label), place)

    companion object {
        private const val SEED = "train.seed"

        fun of(path: String, place: Place, node: Node): Axis {
            val at = under("axes", Shown.value(path))
            if (path == SEED) {
                throw wrong(
                    place,
                    at,
                    "seeds are no axis; write them under 'seeds', or " +
                        "those of one purpose as train.seeds.weights, order, noise or rest",
                )
            }
            if (path.split('.').any(String::isBlank)) {
                throw wrong(place, at, "expected the path of a setting, e.g. generator.init")
            }
            return Axis(path, place, values(node, at))
        }

        private fun values(node: Node, at: String): Map<String, Node> {
            val values =
                when {
                    node is Items -> byLabel(node, at)
                    node is Fields && TYPE !in node.entries -> node.entries
                    else -> {
                        val got = if (node is Fields) Shown.value(label(node)) else node.described()
                        throw wrong(
                            node.place,
                            at,
                            "expected a list of values, or values by label, got $got",
                        )
                    }
                }
            if (values.isEmpty()) throw wrong(node.place, at, "expected at least one value")
            values.entries
                .find { (label, _) -> label.isBlank() || Shown.escaped(label) != label }
                ?.let { throw wrong(it.value.place, at, "a value needs a label of one line") }
            return values
        }

        private fun byLabel(list: Items, at: String): Map<String, Node> {
            val values = LinkedHashMap<String, Node>()
            for (item in list.items) {
                val label = label(item)
                if (values.put(label, item) != null) {
                    throw wrong(item.place, at, "${Shown.quoted(label)} is there twice")
                }
            }
            return values
        }
    }
}

/** A value in a few words: `bssn(scale=1.4)`. */
internal fun label(node: Node): String =
    when (node) {
        is Leaf -> node.text
        is Absent -> "null"
        is Items -> node.items.joinToString(", ", "[", "]") { label(it) }
        is Fields -> {
            val word = (node.entries[TYPE] as? Leaf)?.text
            val rest = (node.entries - TYPE).map { (key, value) -> "$key=${label(value)}" }
            when {
                word == null -> rest.joinToString(", ")
                rest.isEmpty() -> word
                else -> rest.joinToString(", ", "$word(", ")")
            }
        }
    }
