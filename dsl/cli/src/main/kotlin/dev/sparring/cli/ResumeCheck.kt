package dev.sparring.cli

import dev.sparring.dsl.RecipeText
import dev.sparring.recipe.Recipe
import dev.sparring.run.RunDirectory
import java.nio.file.Files

/** Sees that a run goes on as it began. */
internal object ResumeCheck {
    /** Refuses a recipe that differs from the run's own in more than its length and its output. */
    fun sameRecipe(directory: RunDirectory, recipe: Recipe) {
        if (!Files.isRegularFile(directory.recipe())) {
            return
        }
        val own = RecipeText.read(directory.recipe())
        val alike = own.train(own.train.steps(recipe.train.steps)).output(recipe.output)
        if (alike == recipe) {
            return
        }
        val (before, now) = firstDifference(alike, recipe)
        throw BadInput(
            "${directory.recipe()}: the run was begun with '$before', " +
                "the recipe now has '$now'; only train.steps and output may change on --resume"
        )
    }

    /** The first line in which two recipes differ. */
    fun firstDifference(a: Recipe, b: Recipe): Pair<String, String> {
        val lines = RecipeText.toYaml(a, full = true).lines()
        val others = RecipeText.toYaml(b, full = true).lines()
        val i = lines.zip(others).indexOfFirst { (x, y) -> x != y }.coerceAtLeast(0)
        return lines[i].trim() to others[i].trim()
    }
}
