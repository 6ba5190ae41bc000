package dev.sparring.cli.bench

import dev.sparring.cli.LoadedRecipe
import dev.sparring.cli.Words
import dev.sparring.dsl.RecipeText
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.train.StepFlops
import java.nio.file.Files
import java.nio.file.Path

/**
 * A recipe whose training is measured.
 *
 * @param name what tables call it
 * @param flops floating-point operations of an iteration, that is of one step
 */
internal class Workload(val name: String, val recipe: Recipe, val flops: Double) {
    companion object {
        private val BUILT_IN = listOf("sngan-32", "digits", "ring")

        /** The recipes of these arguments; without any, all built-in ones. */
        fun all(arguments: List<String>, words: Words): List<Workload> {
            val loaded = arguments.ifEmpty { BUILT_IN }.distinct().map { it to load(it, words) }
            val used = loaded.groupingBy { (_, workload) -> workload.name }.eachCount()
            return loaded.map { (argument, workload) ->
                if (used[workload.name] == 1) workload
                else Workload(argument, workload.recipe, workload.flops)
            }
        }

        private fun load(argument: String, words: Words): Workload {
            val path = Path.of(argument)
            if (argument in BUILT_IN && !Files.exists(path)) {
                val recipe = RecipeText.fromYaml(resource("$argument.yaml"), "$argument.yaml")
                return of(GamePlan.of(recipe))
            }
            return of(LoadedRecipe.read(path, emptyList(), words).plan())
        }

        private fun of(plan: GamePlan) =
            Workload(plan.recipe.name, plan.written, StepFlops.of(plan))

        private fun resource(file: String): String =
            checkNotNull(Workload::class.java.getResourceAsStream("recipes/$file")) {
                    "$file is missing in the jar"
                }
                .use { it.reader().readText() }
    }
}
