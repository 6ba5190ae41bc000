package dev.sparring.dsl.explain

import dev.sparring.lint.Lint
import dev.sparring.lint.Warning
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException

/**
 * Which mixtures of two recipes make sense: a plan accepts them, and no rule warns of them that
 * warns of neither recipe.
 */
internal class Validity(private val mixer: Mixer, private val rules: List<Lint>) {
    private val known = HashMap<Set<String>, String>()
    private val warned: Set<Lint> by lazy {
        listOf(emptySet(), mixer.changes.toSet()).flatMap { warning(plan(it)).keys }.toSet()
    }

    /** What is wrong with a mixture, in a line; null for none. */
    fun problem(taken: Set<String>): String? =
        known.getOrPut(taken) { find(taken) }.ifEmpty { null }

    private fun find(taken: Set<String>): String =
        try {
            val warning = warning(plan(taken)).entries.find { it.key !in warned }?.value
            if (warning == null) "" else "is warned of: ${warning.path}: ${warning.text}$APART"
        } catch (e: RecipeException) {
            "is no valid recipe: ${e.problems().first()}"
        } catch (e: IllegalArgumentException) {
            "is no valid recipe: ${e.message}"
        }

    private fun plan(taken: Set<String>): GamePlan = GamePlan.of(mixer.recipe(taken))

    private fun warning(plan: GamePlan): Map<Lint, Warning> =
        rules
            .mapNotNull { rule ->
                rule.look(plan).find { it.level == Warning.Level.WARNING }?.let { rule to it }
            }
            .toMap()

    /** A mixture that makes sense. */
    fun recipe(taken: Set<String>): Recipe = mixer.recipe(taken)

    private companion object {
        const val APART = " (--despite-warnings ignores that)"
    }
}
