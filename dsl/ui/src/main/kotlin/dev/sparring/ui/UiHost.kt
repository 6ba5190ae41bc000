package dev.sparring.ui

import dev.sparring.dsl.RecipeFormat
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.Train
import dev.sparring.run.RunDirectory
import dev.sparring.tensor.Engine

/** What the pages need of the program that serves them. */
public interface UiHost {
    /** The words that recipes are compared in. */
    public val format: RecipeFormat

    /** The version that pages name. */
    public val version: String

    /**
     * The recipe of a run.
     *
     * @throws Exception if it cannot be read, with a line that says why; the page shows it
     */
    public fun recipe(run: RunDirectory): Recipe

    /**
     * An engine to look at a run with; the server closes it.
     *
     * @throws Exception if there is none, with a line that says why; the page shows it
     */
    public fun engine(train: Train): Engine
}
