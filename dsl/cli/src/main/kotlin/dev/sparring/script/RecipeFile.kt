package dev.sparring.script

import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.RecipeText
import dev.sparring.recipe.Recipe
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.name

/** Recipes from files of any kind. */
public object RecipeFile {
    /**
     * The recipe in a .gan.kts, .yaml, .yml or .json file.
     *
     * @throws RecipeSyntaxException with everything that is wrong
     */
    public fun read(file: Path): Recipe =
        when {
            file.name.endsWith(".gan.kts") -> ScriptHost().read(file)
            file.extension in setOf("yaml", "yml", "json") -> RecipeText.read(file)
            else ->
                throw RecipeSyntaxException(
                    "$file",
                    "a recipe's name ends in .gan.kts, .yaml, .yml or .json",
                )
        }
}
