package dev.sparring.script

import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.recipe.Recipe
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.name

/**
 * A script, and which of its recipes is meant: `rings.gan.kts#2`, `rings.gan.kts#wide`.
 *
 * @property which a number from 1, or a recipe's name; null if the command line does not say it
 */
internal class RecipeChoice(val file: Path, val which: String?) {
    /**
     * The recipe that is meant, with its index.
     *
     * @throws RecipeSyntaxException if it is none, or not only one, with all that there are
     */
    fun of(recipes: List<Recipe>): IndexedValue<Recipe> {
        if (which == null) {
            if (recipes.size == 1) return IndexedValue(0, recipes[0])
            throw problem("has ${recipes.size} recipes; choose one: ${shown(recipes)}")
        }
        val found =
            recipes.withIndex().filter { (i, recipe) ->
                which == "${i + 1}" || which == recipe.name
            }
        return found.singleOrNull()
            ?: throw problem(
                if (found.isEmpty()) "has no recipe '$which'; there is ${shown(recipes)}"
                else "has ${found.size} recipes '$which'; choose one: ${shown(recipes)}"
            )
    }

    private fun shown(recipes: List<Recipe>): String {
        val names =
            recipes.take(MOST).mapIndexed { i, recipe -> "${file.name}#${i + 1} (${recipe.name})" }
        val rest = recipes.size - names.size
        return names.joinToString() + if (rest > 0) " and $rest more" else ""
    }

    private fun problem(text: String) = RecipeSyntaxException("$file", text)

    companion object {
        private const val MOST = 10
        private const val ENDING = ".gan.kts"

        fun isScript(file: Path): Boolean = file.name.endsWith(ENDING)

        /** What a command line says; a file that has such a name itself is meant as it is. */
        fun of(given: Path): RecipeChoice {
            val name = given.name
            val at = name.lastIndexOf("$ENDING#")
            if (at < 0 || Files.exists(given)) return RecipeChoice(given, null)
            val end = at + ENDING.length
            return RecipeChoice(given.resolveSibling(name.take(end)), name.substring(end + 1))
        }
    }
}
