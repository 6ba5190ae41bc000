package dev.sparring.cli

import dev.sparring.dsl.diff.Difference
import dev.sparring.dsl.diff.RecipeDiff
import dev.sparring.setting.Shown

/** How two recipes differ in effect, for a terminal. */
internal class RecipeDifferences(a: LoadedRecipe, b: LoadedRecipe, words: Words) {
    private val all: List<Difference> = RecipeDiff.of(a.recipe, b.recipe, words.format)

    private val opaque: List<String> =
        listOf(a, b).flatMap { it.format.unwritable(it.recipe) }.map { it.path() }.distinct()

    val isEmpty: Boolean = all.isEmpty()

    /** A line on what is compared by its name only; null if all has a text. */
    val limits: String? =
        if (opaque.isEmpty()) null
        else "compared by their names only, for these have no text: ${opaque.joinToString()}"

    /** What they are if nothing differs. */
    val equal: String = if (opaque.isEmpty()) "equal in effect" else "equal in all that has a text"

    /** A line for each difference, the most consequential first, below the names of both. */
    fun table(first: String, second: String): String {
        val rows =
            all.map {
                listOf(it.rank.word, it.path, Shown.line("${it.first}"), Shown.line("${it.second}"))
            }
        return columns(listOf(listOf("", "setting", first, second)) + rows, right = emptySet())
    }
}
