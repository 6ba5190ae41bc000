package dev.sparring.cli

import dev.sparring.dsl.RecipeText
import dev.sparring.recipe.Evaluate
import dev.sparring.recipe.Recipe
import dev.sparring.run.RunDirectory
import java.nio.file.Files

/** Sees that a run goes on as it began. */
internal object ResumeCheck {
    /**
     * Refuses a recipe that differs from the run's own in more than its length, its output and how
     * often samples are measured. A run that was not measured may be from now on; otherwise how
     * they are measured stays, as a column has figures that compare.
     */
    fun sameRecipe(directory: RunDirectory, wanted: Recipe) {
        if (!Files.isRegularFile(directory.recipe())) {
            return
        }
        val own = RecipeText.read(directory.recipe()).resolved()
        val recipe = wanted.resolved()
        val alike =
            own.train(own.train.steps(recipe.train.steps))
                .output(recipe.output)
                .evaluate(alike(own.evaluate, recipe.evaluate))
        if (alike == recipe) {
            return
        }
        val (before, now) = firstDifference(alike, recipe)
        throw BadInput(
            "${directory.recipe()}: the run was begun with '$before', " +
                "the recipe now has '$now'; only train.steps, output and evaluate.every may change " +
                "on --resume"
        )
    }

    private fun alike(own: Evaluate?, wanted: Evaluate?): Evaluate? =
        if (own == null || wanted == null) own ?: wanted else own.every(wanted.every)

    /** The first line in which two recipes differ. */
    fun firstDifference(a: Recipe, b: Recipe): Pair<String, String> {
        val lines = RecipeText.toYaml(a, full = true).lines()
        val others = RecipeText.toYaml(b, full = true).lines()
        fun line(of: List<String>, i: Int) = of.getOrElse(i) { "" }.trim()
        val longest = maxOf(lines.size, others.size)
        val i = (0 until longest).firstOrNull { line(lines, it) != line(others, it) } ?: 0
        return line(lines, i) to line(others, i)
    }
}
