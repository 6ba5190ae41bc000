package dev.sparring.cli.autopsy.change

import dev.sparring.recipe.Recipe

/**
 * One change of a recipe that may keep a run from what went wrong in it. Each is a file here, and a
 * line in [Changes].
 */
internal interface Change {
    /** A folder name, such as `rate-of-d-half`. */
    val name: String

    /** What it is, such as `half the rate of D`. */
    val title: String

    /** Where it is from. */
    val source: String

    /**
     * The changed recipe.
     *
     * @throws DoesNotApply if it makes no sense for this one
     */
    fun of(recipe: Recipe): Recipe
}

/** A change makes no sense for a recipe; the message says why. */
internal class DoesNotApply(reason: String) : Exception(reason)
