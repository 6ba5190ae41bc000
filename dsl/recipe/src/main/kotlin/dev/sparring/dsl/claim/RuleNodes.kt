package dev.sparring.dsl.claim

import dev.sparring.dsl.ComparisonTest
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.dsl.sweep.SweepCell
import dev.sparring.dsl.sweep.knownKeys
import dev.sparring.dsl.sweep.label
import dev.sparring.dsl.sweep.textOf
import dev.sparring.dsl.sweep.wrong
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Leaf
import dev.sparring.dsl.text.Node
import dev.sparring.dsl.text.described
import dev.sparring.dsl.text.didYouMean
import dev.sparring.dsl.text.list
import dev.sparring.dsl.text.under
import dev.sparring.metric.Direction
import dev.sparring.setting.Shown

/** The settings of one rule, as parts of its sweep. */
internal class RuleNodes(
    private val rule: Fields,
    private val path: String,
    private val sweep: Sweep,
) {
    val place
        get() = rule.place

    operator fun contains(key: String) = key in rule.entries

    fun at(key: String) = under(path, key)

    fun node(key: String, what: String): Node =
        rule.entries[key] ?: throw wrong(rule.place, at(key), "expected $what, got nothing")

    /** Refuses other settings. */
    fun only(vararg known: String) = knownKeys(rule, path, known.toList(), "the rule")

    /** The column, one that the sweep measures. */
    fun figure(): String {
        val node = node(FIGURE, "a measured column, e.g. ${sweep.measures.first()}")
        val column = textOf(node, at(FIGURE))
        if (column !in sweep.measures) {
            throw wrong(
                node.place,
                at(FIGURE),
                "the sweep does not measure ${Shown.quoted(column)}" +
                    "${didYouMean(column, sweep.measures)} it measures ${list(sweep.measures)}",
            )
        }
        return column
    }

    /** Which values are better, as is known or said. */
    fun direction(figure: String): Direction {
        val known = sweep.directions[figure]
        val node =
            rule.entries[DIRECTION]
                ?: return known
                    ?: throw wrong(
                        rule.place,
                        at(DIRECTION),
                        "which values of ${Shown.quoted(figure)} are better is not known: write " +
                            "lower or higher; a failed run is worse than every figure",
                    )
        val said = choice(node, at(DIRECTION), Direction.entries.associateBy { it.word() })
        if (known != null && known != said) {
            throw wrong(
                node.place,
                at(DIRECTION),
                "${known.word()} values of ${Shown.quoted(figure)} are better",
            )
        }
        return said
    }

    fun test(): ComparisonTest {
        val node = rule.entries[TEST] ?: return ComparisonTest.WORST_RANK
        val words =
            mapOf("worstRank" to ComparisonTest.WORST_RANK, "paired" to ComparisonTest.PAIRED)
        return choice(node, at(TEST), words)
    }

    fun <T> choice(node: Node, at: String, words: Map<String, T>): T {
        val word = textOf(node, at)
        return words[word]
            ?: throw wrong(
                node.place,
                at,
                "expected ${words.keys.joinToString(" or ")}, got ${Shown.quoted(word)}",
            )
    }

    /** A cell: a label for each axis that has several. */
    fun cell(key: String): SweepCell = cells(key, emptyList()).single()

    /** All cells that have the labels of a setting, which leaves only these axes open. */
    fun cells(key: String, open: List<String>): List<SweepCell> {
        val labels = labels(key)
        val found = sweep.cells.filter { it.labels.entries.containsAll(labels.entries) }
        val varied = sweep.axes.filter { axis -> values(axis).size > 1 }
        val missing = varied.filter { it !in labels && it !in open }
        if (missing.isNotEmpty()) {
            val axis = missing.first()
            throw wrong(
                rule.entries[key]?.place ?: rule.place,
                at(key),
                "expected a label of each axis, there is none of ${Shown.value(axis)}: one of " +
                    list(values(axis)),
            )
        }
        return found
    }

    /** The labels of an axis, in their order. */
    fun values(axis: String): List<String> = sweep.cells.map { it.labels.getValue(axis) }.distinct()

    private fun labels(key: String): Map<String, String> {
        val node = rule.entries[key] ?: return emptyMap()
        val at = at(key)
        if (node !is Fields) {
            throw wrong(node.place, at, "expected axes with a label each, got ${node.described()}")
        }
        knownKeys(node, at, sweep.axes, "the sweep's axes:")
        return node.entries.mapValues { (axis, value) ->
            val known = values(axis)
            val label = label(value)
            if (label !in known) {
                throw wrong(
                    value.place,
                    under(at, axis),
                    "the sweep has no value ${Shown.quoted(label)}${didYouMean(label, known)} " +
                        "there is ${list(known)}",
                )
            }
            label
        }
    }

    /** One of `least` and `most`; a rate is in [0, 1]. */
    fun bound(isRate: Boolean): Bound {
        val given = listOf(LEAST, MOST).filter { it in rule.entries }
        if (given.size != 1) {
            val got = if (given.isEmpty()) "neither" else "both"
            throw wrong(rule.place, path, "expected $LEAST or $MOST, got $got")
        }
        val key = given.single()
        val value =
            if (isRate) number(key, "a number in [0, 1]") { it in 0.0..1.0 }
            else number(key, "a number") { true }
        return Bound(key == LEAST, value)
    }

    fun number(key: String, what: String, isRight: (Double) -> Boolean): Double {
        val node = node(key, what)
        return (node as? Leaf)
            ?.takeIf { !it.quoted }
            ?.text
            ?.toDoubleOrNull()
            ?.takeIf { it.isFinite() && isRight(it) }
            ?: throw wrong(node.place, at(key), "expected $what, got ${node.described()}")
    }
}

internal const val FIGURE: String = "figure"
internal const val DIRECTION: String = "direction"
internal const val CELL: String = "cell"
internal const val THAN: String = "than"
internal const val BY: String = "by"
internal const val WITHIN: String = "within"
internal const val TEST: String = "test"
internal const val ALONG: String = "along"
internal const val AT: String = "at"
internal const val BECOMES: String = "becomes"
internal const val SOURCE_OF_LUCK: String = "source"
internal const val AMONG: String = "among"
internal const val LEAST: String = "least"
internal const val MOST: String = "most"
