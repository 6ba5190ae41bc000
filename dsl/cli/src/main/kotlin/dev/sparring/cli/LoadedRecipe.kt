package dev.sparring.cli

import dev.sparring.dsl.Overrides
import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.RecipeText
import dev.sparring.file.RegularFile
import dev.sparring.network.InitialValues
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.run.RecordedRecipe
import dev.sparring.run.RecordedScript
import dev.sparring.run.RunDirectory
import dev.sparring.script.GanScriptHost
import dev.sparring.script.OpenScript
import dev.sparring.script.RecipeChoice
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
    /** The script that the recipe is from; null for text. */
    private val origin: Origin? = null,
) {
    /** A recipe as its script has it, and which of several it is, from 1, if it was chosen. */
    private class Origin(val script: OpenScript, val written: Recipe, val number: Int)

    /** The script without which the recipe's text does not read back. */
    val script: RecordedScript? =
        origin?.takeUnless { words.format.canWrite(recipe) }?.let { it.script.recorded(it.number) }

    /** What it is called where several are shown. */
    val title: String = if (origin == null) "$file" else "$file#${origin.number} (${recipe.name})"

    /** Plans the recipe and tries its initializers; problems name their place in the file. */
    fun plan(): GamePlan =
        try {
            GamePlan.of(recipe).also(InitialValues::check)
        } catch (e: RecipeException) {
            throw when {
                origin != null -> origin.script.placed(origin.written, e, changes)
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

        /** @param given a file, and for a script with several recipes which one is meant */
        fun read(given: Path, changes: List<String>, words: Words): LoadedRecipe {
            val choice = RecipeChoice.of(given)
            val file = choice.file
            requireFile(file)
            if (!RecipeChoice.isScript(file)) return ofText(file, changes, words)
            val script = GanScriptHost(words.paths, words.loader).open(file)
            val (index, written) = choice.of(script.recipes())
            val number = if (choice.which == null) 0 else index + 1
            return of(Origin(script, written, number), changes, words)
        }

        /** All recipes of a file, unless one of them is meant. */
        fun readAll(given: Path, changes: List<String>, words: Words): List<LoadedRecipe> {
            val choice = RecipeChoice.of(given)
            if (choice.which != null || !RecipeChoice.isScript(choice.file)) {
                return listOf(read(given, changes, words))
            }
            requireFile(choice.file)
            val script = GanScriptHost(words.paths, words.loader).open(choice.file)
            return script.recipes().mapIndexed { i, written ->
                of(Origin(script, written, i + 1), changes, words)
            }
        }

        private fun requireFile(file: Path) {
            RegularFile.problem(file).ifPresent {
                throw BadInput("$file: $it; expected a .gan.kts, .yaml or .json recipe")
            }
        }

        private fun ofText(file: Path, changes: List<String>, words: Words): LoadedRecipe {
            val format = words.format
            val recipe = Overrides.apply(format.read(file), changes, format)
            return LoadedRecipe(recipe, format, file, changes, words)
        }

        private fun of(origin: Origin, changes: List<String>, words: Words): LoadedRecipe {
            val format = words.format.withWordsOf(origin.written)
            val recipe = Overrides.apply(origin.written, changes, format)
            return LoadedRecipe(recipe, format, origin.script.file, changes, words, origin)
        }

        /**
         * The recipe of a run: of its text, or through the script that it keeps.
         *
         * @throws BadInput if the run needs jars with words that are not here
         */
        fun of(run: RunDirectory, words: Words): LoadedRecipe {
            val recorded = RecordedRecipe.read(run)
            words.require(recorded.words, "${run.path}")
            val script = recorded.script.orElse(null)
            return if (script != null)
                read(chosen(run, script), recorded.changes, words).also {
                    requireSame(run, script, it.script)
                }
            else {
                val format = words.format
                val file = run.recipe()
                val recipe = format.fromYaml(recorded.text, "$file")
                LoadedRecipe(recipe, format, file, emptyList(), words)
            }
        }

        /** Refuses dependencies of a script that are not those which the run was trained with. */
        private fun requireSame(run: RunDirectory, own: RecordedScript, now: RecordedScript?) {
            val here = now?.dependencies ?: return
            val other = own.dependencies.find { it !in here } ?: return
            val found = here.find { it.name == other.name }?.sha256 ?: "none"
            throw BadInput(
                "${run.path}: was trained with ${other.name} of SHA-256 ${other.sha256}; the " +
                    "repository has $found"
            )
        }

        /** The script that a run keeps, with the recipe of it that is meant. */
        fun chosen(run: RunDirectory, script: RecordedScript): Path =
            if (script.number == 0) run.script()
            else run.script().resolveSibling("${run.script().name}#${script.number}")
    }
}
