package dev.sparring.dsl.sweep

import dev.sparring.diagnose.Diagnostics
import dev.sparring.dsl.text.didYouMean
import dev.sparring.dsl.text.list
import dev.sparring.eval.ScheduledEvaluation
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.setting.Shown
import dev.sparring.train.Step

/** The columns of metrics that runs of any of these recipes will have. */
internal class Columns(private val recipes: List<Recipe>) {
    /** Losses, and the figures of samples that the recipes measure. */
    val usual: List<String> = Step.LOSSES + recipes.flatMap(ScheduledEvaluation::figures).distinct()

    private val diagnostics by lazy {
        recipes.flatMap { Diagnostics.figures(GamePlan.of(it)) }.distinct()
    }

    /** What is wrong with a column's name, or null. */
    fun problem(column: String): String? {
        if (column in usual || column in diagnostics) return null
        val hint = didYouMean(column, usual + diagnostics)
        val more = if (diagnostics.isEmpty()) "" else " and diagnostics"
        return "unknown column ${Shown.quoted(column)}$hint there is ${list(usual)}$more"
    }
}
