package dev.sparring.dsl.text

import dev.sparring.dsl.PlacedProblem
import dev.sparring.dsl.RecipeSyntaxException

/**
 * How deep lists and settings may be nested in a text: far more than layers inside layers need, and
 * few enough for every program that walks through them.
 */
internal const val DEEPEST = 200

internal const val TOO_DEEP =
    "nested too deeply: lists and settings of a text have $DEEPEST levels at most"

/** @throws RecipeSyntaxException if what stands at a place is nested too deeply */
internal fun checkDepth(levels: Int, place: Place?) {
    if (levels > DEEPEST) throw RecipeSyntaxException(listOf(problem(place, "", TOO_DEEP)))
}

/** A problem at a place. */
internal fun problem(place: Place?, path: String, text: String): PlacedProblem =
    PlacedProblem(place?.source.orEmpty(), place?.line, place?.column, path, text)
