package dev.sparring.cli

import dev.sparring.dsl.RecipeFormat
import dev.sparring.recipe.Evaluate
import dev.sparring.recipe.Recipe
import dev.sparring.run.Circumstances
import dev.sparring.run.Measured
import dev.sparring.run.RecordedRecipe
import dev.sparring.run.RunDirectory
import dev.sparring.train.Training
import java.nio.file.Files

/** Checks that a run is resumed with the settings that it began with. */
internal object ResumeCheck {
    /**
     * Refuses a recipe that differs from the run's own in more than its length, its output and how
     * often samples are measured. Measurements may be added to a run that had none; otherwise their
     * settings stay, so that the figures of a column are comparable.
     *
     * Objects without a text are compared by the script that they come from.
     */
    fun sameRecipe(directory: RunDirectory, wanted: LoadedRecipe, words: Words) {
        if (!Files.isRegularFile(directory.recipe())) {
            // There is nothing to compare with, and a program's run is not the command line's.
            if (RecordedRecipe.isOfProgram(directory)) RecordedRecipe.read(directory)
            return
        }
        val begun = LoadedRecipe.of(directory, words)
        val own = begun.recipe.resolved()
        val recipe = wanted.recipe.resolved()
        val alike =
            own.train(own.train.steps(recipe.train.steps))
                .output(recipe.output)
                .evaluate(alike(own.evaluate, recipe.evaluate))
        if (alike == recipe) {
            return
        }
        val difference =
            firstDifference(begun.format.describe(alike), wanted.format.describe(recipe))
        if (difference != null) {
            val (before, now) = difference
            throw BadInput(
                "${directory.recipe()}: the run was begun with '$before', the recipe now has " +
                    "'$now'; only train.steps, output and evaluate.every may change on --resume"
            )
        }
        if (begun.script != wanted.script) {
            throw BadInput(
                "${directory.script()}: the run was begun with another script, whose objects have " +
                    "no text to compare; resume with the one that the run keeps"
            )
        }
    }

    /**
     * A line about what has changed since the run was last trained and may change its bits; null if
     * nothing that is recorded has.
     */
    fun circumstances(directory: RunDirectory, training: Training): String? {
        val before = Circumstances.recorded(directory).lastOrNull()?.circumstances ?: return null
        val changes = before.differences(Circumstances.of(training))
        if (changes.isEmpty()) return null
        return "${directory.path}: the run goes on otherwise than it was trained, so its bits may " +
            "differ from those of a run in one piece: ${changes.joinToString("; ")}"
    }

    /** A line if figures are measured otherwise than those that the run has; null if not. */
    fun figures(directory: RunDirectory, training: Training): String? =
        Measured.change(directory, training)
            .map {
                "${directory.path}: the run goes on with figures that do not compare with those " +
                    "before: $it"
            }
            .orElse(null)

    /** Refuses a checkpoint that is later than the recipe's last step. */
    fun length(directory: RunDirectory, training: Training) {
        val done = training.progress().step
        val wanted = training.recipe().train.steps
        if (done > wanted) {
            throw BadInput(
                "${directory.path}: has done $done steps already, train.steps is $wanted"
            )
        }
    }

    private fun alike(own: Evaluate?, wanted: Evaluate?): Evaluate? =
        if (own == null || wanted == null) own ?: wanted else own.every(wanted.every)

    /** The first line in which two recipes differ. */
    fun firstDifference(a: Recipe, b: Recipe, format: RecipeFormat): Pair<String, String>? =
        firstDifference(format.describe(a), format.describe(b))

    private fun firstDifference(a: String, b: String): Pair<String, String>? {
        val lines = a.lines()
        val others = b.lines()
        fun line(of: List<String>, i: Int) = of.getOrElse(i) { "" }.trim()
        val longest = maxOf(lines.size, others.size)
        return (0 until longest)
            .firstOrNull { line(lines, it) != line(others, it) }
            ?.let { line(lines, it) to line(others, it) }
    }
}
