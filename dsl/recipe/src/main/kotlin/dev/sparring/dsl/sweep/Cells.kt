package dev.sparring.dsl.sweep

import dev.sparring.dsl.Overrides
import dev.sparring.dsl.PlacedProblem
import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.text.Place
import dev.sparring.dsl.text.problem
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Problem
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.setting.Shown

/** Makes the recipes of all combinations, and collects what is wrong with them. */
internal class Cells(
    private val axes: List<Axis>,
    private val base: Recipe,
    private val format: RecipeFormat,
    private val basePlace: Place?,
    private val axesPlace: Place?,
) {
    private val problems = LinkedHashSet<PlacedProblem>()
    private val blamed = mutableSetOf<Pair<Place?, Problem>>()

    fun all(): List<SweepCell> {
        val choices =
            axes.fold(listOf(listOf<String>())) { begun, axis ->
                begun.flatMap { labels -> axis.values.keys.map { labels + it } }
            }
        val recipes = choices.map(::recipe)
        if (problems.isEmpty()) checkPlans(choices, recipes.map { checkNotNull(it) })
        if (problems.isNotEmpty()) {
            throw RecipeSyntaxException(
                problems.sortedWith(compareBy({ it.line ?: 0 }, { it.column ?: 0 }))
            )
        }
        val paths = axes.map { it.path }
        val folders = folders(paths, choices)
        return choices.mapIndexed { i, labels ->
            SweepCell(paths.zip(labels).toMap(), folders[i], checkNotNull(recipes[i]))
        }
    }

    /** The cell's recipe, or null after a problem. */
    private fun recipe(labels: List<String>): Recipe? =
        try {
            Overrides.change(base, axes.zip(labels) { axis, label -> axis.override(label) }, format)
        } catch (e: RecipeSyntaxException) {
            problems += e.problems
            null
        }

    private fun checkPlans(choices: List<List<String>>, recipes: List<Recipe>) {
        val ofBase = problemsOf(base)
        val seen = mutableMapOf<Recipe, List<String>>()
        for ((labels, recipe) in choices.zip(recipes)) {
            val before = seen.put(recipe, labels)
            if (before != null) {
                val same = "cells ${title(before)} and ${title(labels)} are the same recipe"
                problems += problem(axesPlace, "", same)
            }
            for (found in problemsOf(recipe)) {
                if (found in ofBase) {
                    problems += problem(basePlace, found.path(), found.text())
                } else {
                    blame(found, labels)
                }
            }
        }
    }

    /**
     * Reported once for a value, not for each of its cells: at the axis nearest above or below the
     * problem.
     */
    private fun blame(found: Problem, labels: List<String>) {
        val axis =
            axes
                .withIndex()
                .filter { (_, axis) ->
                    val (one, other) = "${found.path()}." to "${axis.path}."
                    one.startsWith(other) || other.startsWith(one)
                }
                .maxByOrNull { (_, axis) -> axis.path.length }
        val value = axis?.let { (i, axis) -> axis.values.getValue(labels[i]).place }
        val place = value ?: axesPlace
        if (blamed.add(place to found)) {
            problems += problem(place, found.path(), "${found.text()}, in cell ${title(labels)}")
        }
    }

    private fun problemsOf(recipe: Recipe): List<Problem> =
        try {
            GamePlan.of(recipe)
            emptyList()
        } catch (e: RecipeException) {
            e.problems()
        }

    private fun title(labels: List<String>) = Shown.quoted(labels.joinToString(", "))
}
