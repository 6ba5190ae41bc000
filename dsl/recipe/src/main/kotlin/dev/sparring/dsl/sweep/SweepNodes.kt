package dev.sparring.dsl.sweep

import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Items
import dev.sparring.dsl.text.Leaf
import dev.sparring.dsl.text.Node
import dev.sparring.dsl.text.described
import dev.sparring.dsl.text.didYouMean
import dev.sparring.dsl.text.list
import dev.sparring.dsl.text.under
import dev.sparring.setting.Shown

/** The text of a value. */
internal fun textOf(node: Node, path: String): String =
    (node as? Leaf)?.text ?: throw wrong(node.place, path, "expected text, got ${node.described()}")

/** Texts with their places: of a list, or of one value alone. */
internal fun textsOf(node: Node, path: String): List<Pair<String, Node>> {
    val items = if (node is Items) node.items else listOf(node)
    if (items.isEmpty()) throw wrong(node.place, path, "expected at least one column")
    return items.map { textOf(it, path) to it }
}

/** Refuses keys that are not known. */
internal fun knownKeys(node: Fields, path: String, known: List<String>, owner: String) {
    val key = node.entries.keys.find { it !in known } ?: return
    val has = if (owner.endsWith(":")) owner else "$owner has"
    throw wrong(
        node.key(key),
        under(path, Shown.value(key)),
        "unknown setting${didYouMean(key, known)} $has ${list(known).ifEmpty { "none" }}",
    )
}
