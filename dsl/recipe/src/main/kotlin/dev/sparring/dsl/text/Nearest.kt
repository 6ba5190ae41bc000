package dev.sparring.dsl.text

import kotlin.math.abs

/** The known word that a mistyped one most likely means, or null if none is near. */
internal fun nearest(typed: String, known: Collection<String>): String? =
    known
        // Far longer ones are none, and are not worth the time.
        .filter { abs(typed.length - it.length) <= farthest(it, typed) }
        .map { it to distance(typed.lowercase(), it.lowercase()) }
        .filter { (word, distance) -> distance <= farthest(word, typed) }
        .minByOrNull { it.second }
        ?.first

private fun farthest(word: String, typed: String) = maxOf(1, maxOf(word.length, typed.length) / 3)

/** ", did you mean 'x'?" or nothing. */
internal fun didYouMean(typed: String, known: Collection<String>): String =
    nearest(typed, known)?.let { ", did you mean '$it'?" } ?: ";"

/** How many insertions, deletions, replacements and swaps of neighbours lie between two words. */
private fun distance(a: String, b: String): Int {
    val d =
        Array(a.length + 1) { i ->
            IntArray(b.length + 1) { j -> if (i == 0) j else if (j == 0) i else 0 }
        }
    for (i in 1..a.length) {
        for (j in 1..b.length) {
            val replaced = d[i - 1][j - 1] + if (a[i - 1] == b[j - 1]) 0 else 1
            d[i][j] = minOf(d[i - 1][j] + 1, d[i][j - 1] + 1, replaced)
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                d[i][j] = minOf(d[i][j], d[i - 2][j - 2] + 1)
            }
        }
    }
    return d[a.length][b.length]
}
