package dev.sparring.dsl.fuzz

import dev.sparring.dsl.text.Absent
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Items
import dev.sparring.dsl.text.Leaf
import dev.sparring.dsl.text.Node
import dev.sparring.dsl.text.YamlTree
import kotlin.random.Random
import kotlinx.serialization.json.JsonPrimitive

/** Changes the tree of a text, so that most of the text goes on to make sense. */
internal class TreeMutations(private val random: Random, private val others: List<Node>) {
    /** The tree as a text, with some of its nodes changed. */
    fun mutated(text: String): String {
        var root = YamlTree.parse(text, "text")
        repeat(random.nextInt(1, 4)) { root = at(root, random.nextInt(size(root))) }
        return shown(root)
    }

    /** The paths of settings in a tree, as changes name them. */
    fun paths(root: Node): List<String> = buildList { collect(root, "", this) }

    private fun collect(node: Node, path: String, found: MutableList<String>) {
        if (path.isNotEmpty()) found += path
        fun under(key: String) = if (path.isEmpty()) key else "$path.$key"
        when (node) {
            is Fields -> node.entries.forEach { (key, value) -> collect(value, under(key), found) }
            is Items -> node.items.forEachIndexed { i, item -> collect(item, under("$i"), found) }
            else -> {}
        }
    }

    private fun size(node: Node): Int =
        when (node) {
            is Fields -> 1 + node.entries.values.sumOf(::size)
            is Items -> 1 + node.items.sumOf(::size)
            else -> 1
        }

    /** The tree with its node of that number changed. */
    private fun at(node: Node, index: Int): Node {
        if (index == 0) return changed(node)
        var left = index - 1
        fun inside(child: Node): Node {
            val size = size(child)
            val here = left in 0 until size
            val result = if (here) at(child, left) else child
            left -= size
            return result
        }
        return when (node) {
            is Fields -> Fields(node.entries.mapValues { inside(it.value) })
            is Items -> Items(node.items.map { inside(it) })
            else -> node
        }
    }

    private fun changed(node: Node): Node =
        when (random.nextInt(9)) {
            0,
            1 -> YamlTree.parseOrNull(Hostile.values.random(random), "value") ?: Absent()
            2 -> others.random(random).let { at(it) }
            3 -> around(node, random.nextInt(1, if (random.nextInt(20) == 0) 300 else 4))
            4 -> if (node is Leaf) Leaf(number(node.text), false) else node
            else ->
                when (node) {
                    is Fields -> fields(node)
                    is Items -> items(node)
                    is Leaf -> Leaf(node.text, !node.quoted)
                    is Absent -> Fields(emptyMap())
                }
        }

    /** Any node of a tree. */
    private fun at(node: Node): Node {
        val children =
            when (node) {
                is Fields -> node.entries.values.toList()
                is Items -> node.items
                else -> emptyList()
            }
        return if (children.isEmpty() || random.nextInt(4) == 0) node
        else at(children.random(random))
    }

    private fun around(node: Node, times: Int): Node {
        val kind = random.nextInt(3)
        return (1..times).fold(node) { inside, _ ->
            when (kind) {
                0 -> Items(listOf(inside))
                1 -> Fields(mapOf("a" to inside))
                else ->
                    Fields(
                        mapOf("type" to Leaf("residual", false), "layers" to Items(listOf(inside)))
                    )
            }
        }
    }

    private fun number(text: String): String {
        val value = text.toDoubleOrNull() ?: return Hostile.values.random(random)
        val changed =
            listOf(-value, value * 10, value / 3, value + 1, value - 1, value * 1e6).random(random)
        return if (changed % 1 == 0.0 && '.' !in text) changed.toLong().toString() else "$changed"
    }

    private fun fields(node: Fields): Node {
        val entries = node.entries.toList()
        if (entries.isEmpty()) return Items(emptyList())
        val (key, value) = entries.random(random)
        return when (random.nextInt(5)) {
            0 -> Fields(node.entries - key)
            1 -> Fields(node.entries - key + (key.dropLast(1) + "x" to value))
            2 -> Fields(node.entries + (entries.random(random).first to value))
            3 ->
                Fields(
                    node.entries +
                        (listOf("type", "layers", "init", "norm", "a").random(random) to value)
                )
            else -> Items(entries.map { it.second })
        }
    }

    private fun items(node: Items): Node {
        if (node.items.isEmpty()) return Items(listOf(Absent()))
        val at = random.nextInt(node.items.size)
        return when (random.nextInt(5)) {
            0 -> Items(node.items.filterIndexed { i, _ -> i != at })
            1 -> Items(node.items.shuffled(random))
            2 -> Items(node.items + List(random.nextInt(1, 40)) { node.items[at] })
            3 -> Items(emptyList())
            else -> node.items[at]
        }
    }

    fun shown(node: Node): String =
        when (node) {
            is Fields ->
                node.entries.entries.joinToString(", ", "{", "}") { (key, value) ->
                    "${JsonPrimitive(key)}: ${shown(value)}"
                }
            is Items -> node.items.joinToString(", ", "[", "]") { shown(it) }
            is Leaf -> if (node.quoted) "${JsonPrimitive(node.text)}" else node.text
            is Absent -> "null"
        }
}
