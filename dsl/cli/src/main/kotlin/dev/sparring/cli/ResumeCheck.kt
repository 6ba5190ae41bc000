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
        val before = RecipeText.toYaml(alike, full = true).lines()
        val now = RecipeText.toYaml(recipe, full = true).lines()
        val i = before.zip(now).indexOfFirst { (a, b) -> a != b }.coerceAtLeast(0)
        throw BadInput(
            "${directory.recipe()}: the run was begun with '${before[i].trim()}', " +
                "the recipe now has '${now[i].trim()}'; only train.steps and output may change on --resume"
        )
    }
}
