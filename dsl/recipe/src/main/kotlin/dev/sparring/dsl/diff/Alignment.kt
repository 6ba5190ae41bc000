package dev.sparring.dsl.diff

import dev.sparring.layer.Activation
import dev.sparring.setting.Word
import dev.sparring.vocabulary.Vocabulary

/**
 * Aligns two lists of layers with the fewest changes (Needleman and Wunsch, 1970), so that one
 * inserted layer does not make all layers after it differ. Removing or inserting a layer costs 1,
 * and changing settings costs less. Another type of layer counts as a change only if both are
 * activations; that costs less than removing one and inserting the other.
 *
 * Of very long lists, layers that are equal at both ends are aligned first; if what is left is
 * still long, its layers are aligned by their places.
 */
internal class Alignment(private val a: List<Effect>, private val b: List<Effect>) {
    /** Pairs of indices; null if there is no counterpart. */
    fun pairs(): List<Pair<Int?, Int?>> {
        if (a.size.toLong() * b.size <= MOST_CELLS) return fewestChanges()
        val least = minOf(a.size, b.size)
        val head = (0 until least).takeWhile { same(a[it], b[it]) }.size
        val tail = (1..least - head).takeWhile { same(a[a.size - it], b[b.size - it]) }.size
        val (x, y) = listOf(a, b).map { it.subList(head, it.size - tail) }
        val between =
            if (x.size.toLong() * y.size <= MOST_CELLS) Alignment(x, y).fewestChanges()
            else (0 until maxOf(x.size, y.size)).map { i -> at(i, x) to at(i, y) }
        return (0 until head).map { it to it } +
            between.map { (i, j) -> i?.plus(head) to j?.plus(head) } +
            (tail downTo 1).map { a.size - it to b.size - it }
    }

    private fun at(index: Int, list: List<*>): Int? = index.takeIf { it < list.size }

    private fun fewestChanges(): List<Pair<Int?, Int?>> {
        val costs = Array(a.size + 1) { DoubleArray(b.size + 1) }
        for (i in a.indices.reversed()) costs[i][b.size] = costs[i + 1][b.size] + 1
        for (j in b.indices.reversed()) costs[a.size][j] = costs[a.size][j + 1] + 1
        for (i in a.indices.reversed()) {
            for (j in b.indices.reversed()) {
                costs[i][j] =
                    minOf(
                        costs[i + 1][j + 1] + change(i, j),
                        costs[i + 1][j] + 1,
                        costs[i][j + 1] + 1,
                    )
            }
        }
        return walk(costs)
    }

    private fun walk(costs: Array<DoubleArray>): List<Pair<Int?, Int?>> = buildList {
        var i = 0
        var j = 0
        while (i < a.size || j < b.size) {
            val both = i < a.size && j < b.size
            if (both && costs[i][j] == costs[i + 1][j + 1] + change(i, j)) add(i++ to j++)
            else if (i < a.size && costs[i][j] == costs[i + 1][j] + 1) add(i++ to null)
            else add(null to j++)
        }
    }

    private fun change(i: Int, j: Int): Double {
        val (x, y) = a[i] to b[j]
        if (x !is Settings || y !is Settings) return if (same(x, y)) 0.0 else NEVER
        if (x.word != y.word) {
            return if (x.word in ACTIVATIONS && y.word in ACTIVATIONS) OTHER else NEVER
        }
        val keys = x.entries.keys + y.entries.keys
        val changed = keys.count { !same(x.entries[it], y.entries[it]) }
        return if (changed == 0) 0.0 else changed.toDouble() / (keys.size + 1)
    }

    private companion object {
        const val MOST_CELLS = 1_000_000L
        const val OTHER = 1.5
        const val NEVER = 3.0
        val ACTIVATIONS: Set<String> =
            Vocabulary.builtIn()
                .words(Activation::class.java)
                .map { it.getAnnotation(Word::class.java).value }
                .toSet()
    }
}
