package dev.sparring.cli

import dev.sparring.dsl.Overrides
import dev.sparring.dsl.RecipeText
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.script.GanScriptHost
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.name
import kotlin.io.path.readText

/** A recipe and the file that it came from. */
internal class LoadedRecipe
private constructor(
    val recipe: Recipe,
    private val file: Path,
    /** Whether the command line changed the recipe, so that its places are not the file's. */
    private val changed: Boolean,
) {
    /** Works the recipe out; what is wrong is said with its place in the file. */
    fun plan(): GamePlan =
        try {
            GamePlan.of(recipe)
        } catch (e: RecipeException) {
            throw if (isScript(file) || changed)
                BadInput(e.problems().joinToString("\n") { "$file: $it" }, e)
            else RecipeText.placed(e, file.readText(), "$file")
        }

    companion object {
        fun read(file: Path, overrides: List<String>): LoadedRecipe {
            if (!Files.isRegularFile(file)) {
                throw BadInput("$file: no such file; expected a .gan.kts, .yaml or .json recipe")
            }
            val recipe = if (isScript(file)) GanScriptHost().read(file) else RecipeText.read(file)
            return LoadedRecipe(
                if (overrides.isEmpty()) recipe else Overrides.apply(recipe, overrides),
                file,
                overrides.isNotEmpty(),
            )
        }

        private fun isScript(file: Path) = file.name.endsWith(".gan.kts")
    }
}
