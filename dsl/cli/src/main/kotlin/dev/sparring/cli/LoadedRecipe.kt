package dev.sparring.cli

import dev.sparring.dsl.Overrides
import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.RecipeText
import dev.sparring.network.InitialValues
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.run.RecordedRecipe
import dev.sparring.run.RunDirectory
import dev.sparring.script.GanScriptHost
import java.nio.file.Files
import java.nio.file.Path
import java.util.Optional
import kotlin.io.path.name

/** A recipe and where it came from. */
internal class LoadedRecipe
private constructor(
    val recipe: Recipe,
    /** The words of the process, and those of the recipe's script. */
    val format: RecipeFormat,
    private val file: Path,
    private val changes: List<String>,
    private val words: Words,
    /** Says where in its script the recipe has a problem; null for text. */
    private val placed: ((RecipeException) -> RecipeSyntaxException)? = null,
) {
    /** The script without which the recipe's text does not read back. */
    val script: String? =
        if (isScript(file) && !words.format.canWrite(recipe)) RecipeText.textOf(file) else null

    /** Plans the recipe and tries its initializers; problems name their place in the file. */
    fun plan(): GamePlan =
        try {
            GamePlan.of(recipe).also(InitialValues::check)
        } catch (e: RecipeException) {
            throw when {
                placed != null -> placed(e)
                // If the command line changed the recipe, its places are not those of the file.
                changes.isNotEmpty() ->
                    BadInput(e.problems().joinToString("\n") { "$file: $it" }, e)
                else -> format.placed(e, RecipeText.textOf(file), "$file")
            }
        }

    /**
     * The recipe as a run directory keeps it.
     *
     * @param resolved the recipe as its plan has it
     */
    fun recorded(resolved: Recipe): RecordedRecipe =
        RecordedRecipe(
            (if (script == null) "" else ABOUT_SCRIPT) + format.describe(resolved),
            Optional.ofNullable(script),
            if (script == null) emptyList() else changes,
            words.jars,
        )

    companion object {
        private const val ABOUT_SCRIPT =
            "# What stands in brackets has no text: this is read back through recipe.gan.kts.\n"

        fun read(file: Path, changes: List<String>, words: Words): LoadedRecipe {
            if (!Files.isRegularFile(file)) {
                throw BadInput("$file: no such file; expected a .gan.kts, .yaml or .json recipe")
            }
            if (!isScript(file)) {
                val format = words.format
                val recipe = Overrides.apply(format.read(file), changes, format)
                return LoadedRecipe(recipe, format, file, changes, words)
            }
            val script = GanScriptHost(words.paths, words.loader).open(file)
            val written = script.recipe()
            val format = words.format.withWordsOf(written)
            val recipe = Overrides.apply(written, changes, format)
            return LoadedRecipe(recipe, format, file, changes, words) {
                script.placed(written, it, changes)
            }
        }

        /**
         * The recipe of a run: of its text, or through the script that it keeps.
         *
         * @throws BadInput if the run needs jars with words that are not here
         */
        fun of(run: RunDirectory, words: Words): LoadedRecipe {
            val recorded = RecordedRecipe.read(run)
            words.require(recorded.words, "${run.path}")
            return if (recorded.script.isPresent) read(run.script(), recorded.changes, words)
            else {
                val format = words.format
                val file = run.recipe()
                val recipe = format.fromYaml(recorded.text, "$file")
                LoadedRecipe(recipe, format, file, emptyList(), words)
            }
        }

        private fun isScript(file: Path) = file.name.endsWith(".gan.kts")
    }
}
