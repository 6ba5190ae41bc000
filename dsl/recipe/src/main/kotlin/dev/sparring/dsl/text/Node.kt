package dev.sparring.dsl.text

import dev.sparring.setting.Shown

/** Where a piece of text is; line and column count from 1 and are null where there are none. */
internal data class Place(val source: String, val line: Int? = null, val column: Int? = null)

/** The tree of a text, of either format. */
internal sealed class Node {
    abstract val place: Place?
}

/** Keys with values. */
internal class Fields(
    val entries: Map<String, Node>,
    override val place: Place? = null,
    private val keys: Map<String, Place> = emptyMap(),
) : Node() {
    /** Where a key stands. */
    fun key(name: String): Place? = keys[name] ?: place

    /** A copy with the value of one key changed. */
    fun with(key: String, value: Node, changedAt: Place?): Fields =
        Fields(entries + (key to value), changedAt ?: place, keys - key)

    /** The same with only some keys. */
    fun only(kept: (String) -> Boolean): Fields = Fields(entries.filterKeys(kept), place, keys)
}

/** A list. */
internal class Items(val items: List<Node>, override val place: Place? = null) : Node()

/** A single value as it was written; [quoted] if it can only mean text. */
internal class Leaf(val text: String, val quoted: Boolean, override val place: Place? = null) :
    Node()

/** No value: `null`, `~` or nothing after a key. */
internal class Absent(override val place: Place? = null) : Node()

/** What a path leads to, or the nearest node above that. */
internal fun Node.nearest(path: String): Node {
    var node = this
    for (key in path.split('.').filter { it.isNotEmpty() }) {
        node =
            when (node) {
                is Fields -> node.entries[key]
                is Items -> key.toIntOrNull()?.let(node.items::getOrNull)
                else -> null
            } ?: return node
    }
    return node
}

/** The node with all of it at one place: what has no lines of its own. */
internal fun at(place: Place, node: Node): Node =
    when (node) {
        is Fields -> Fields(node.entries.mapValues { at(place, it.value) }, place)
        is Items -> Items(node.items.map { at(place, it) }, place)
        is Leaf -> Leaf(node.text, node.quoted, place)
        is Absent -> Absent(place)
    }

/** The node in words, for "expected ..., got ...". */
internal fun Node.described(): String =
    when (this) {
        is Fields ->
            if (entries.isEmpty()) "no settings"
            else "settings (${Shown.value(entries.keys.first())}: ...)"
        is Items -> "a list"
        is Leaf -> (if (quoted) "the text " else "") + Shown.quoted(text)
        is Absent -> "nothing"
    }
