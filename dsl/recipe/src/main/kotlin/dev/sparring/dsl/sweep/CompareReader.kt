package dev.sparring.dsl.sweep

import dev.sparring.dsl.ComparisonTest
import dev.sparring.dsl.text.EnumSchema
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.didYouMean
import dev.sparring.dsl.text.list
import dev.sparring.dsl.text.under
import dev.sparring.metric.Direction
import dev.sparring.setting.Shown

/**
 * Reads `compare`: the baseline, the test, and which figures in which direction.
 *
 * @param measures the columns that the sweep measures
 * @param areGiven whether the sweep names them, or they are the usual ones
 */
internal class CompareReader(
    private val compare: Fields,
    private val axes: List<Axis>,
    private val measures: List<String>,
    private val areGiven: Boolean,
) {
    private val stated = LinkedHashMap<String, Direction>()

    /** The directions of measures: what is known, and what the sweep states. */
    val directions: Map<String, Direction>
        get() = known(measures) + stated

    fun read(): SweepComparison {
        knownKeys(compare, COMPARE, KEYS, COMPARE)
        val baseline = baseline()
        state(LOWER, Direction.LOWER)
        state(HIGHER, Direction.HIGHER)
        val test = test()
        return SweepComparison(baseline, test, figures(test))
    }

    private fun baseline(): Map<String, String> {
        val at = under(COMPARE, BASELINE)
        val node = compare.entries[BASELINE]
        if (node !is Fields || node.entries.isEmpty()) throw noBaseline(node ?: compare)
        knownKeys(node, at, axes.map { it.path }, "the sweep's axes:")
        return node.entries.mapValues { (path, value) ->
            val known = axes.first { it.path == path }.values.keys
            val label = label(value)
            if (label !in known) {
                val hint = didYouMean(label, known)
                throw wrong(
                    value.place,
                    under(at, path),
                    "the axis has no value ${Shown.quoted(label)}$hint there is ${list(known)}",
                )
            }
            label
        }
    }

    private fun test(): ComparisonTest {
        val node = compare.entries[TEST] ?: return ComparisonTest.WORST_RANK
        val at = under(COMPARE, TEST)
        val word = textOf(node, at)
        val words = EnumSchema(ComparisonTest::class.java).words
        return words[word] as ComparisonTest?
            ?: throw wrong(
                node.place,
                at,
                "unknown test ${Shown.quoted(word)}${didYouMean(word, words.keys)} " +
                    "there is ${list(words.keys)}",
            )
    }

    private fun state(key: String, direction: Direction) {
        val node = compare.entries[key] ?: return
        val at = under(COMPARE, key)
        for ((column, item) in textsOf(node, at)) {
            if (column !in measures) throw wrong(item.place, at, notMeasured(column))
            val other = Direction.of(column).orElse(stated[column] ?: direction)
            if (other != direction) {
                throw wrong(
                    item.place,
                    at,
                    "${other.word()} values of ${Shown.quoted(column)} are better",
                )
            }
            stated[column] = direction
        }
    }

    private fun figures(test: ComparisonTest): List<String> {
        val node = compare.entries[FIGURES]
        val at = under(COMPARE, FIGURES)
        if (node == null && !areGiven && test != ComparisonTest.MEAN) {
            // The usual columns: losses among them, which are compared if their direction is given.
            val comparable = measures.filter { it in directions }
            if (comparable.isNotEmpty()) return comparable
        }
        val asked = node?.let { textsOf(it, at) } ?: measures.map { it to compare }
        for ((column, item) in asked) {
            if (column !in measures) throw wrong(item.place, at, notMeasured(column))
            if (test != ComparisonTest.MEAN && column !in directions) {
                throw wrong(item.place, COMPARE, noDirection(column))
            }
        }
        return asked.map { it.first }.distinct()
    }

    private fun notMeasured(column: String) =
        "${Shown.quoted(column)} is not measured${didYouMean(column, measures)} there is " +
            list(measures)

    private fun noDirection(column: String): String {
        val name = Shown.value(column)
        return "which values of '$name' are better is not known: write $LOWER: [$name] or " +
            "$HIGHER: [$name], or $FIGURES: [...] without it, or $TEST: mean"
    }

    companion object {
        val KEYS: List<String> = listOf(BASELINE, TEST, FIGURES, LOWER, HIGHER)

        /** The directions of those columns whose direction is known. */
        fun known(columns: List<String>): Map<String, Direction> =
            columns
                .mapNotNull { column -> Direction.of(column).map { column to it }.orElse(null) }
                .toMap()
    }
}
