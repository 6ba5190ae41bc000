package dev.sparring.jupyter

import dev.sparring.recipe.Recipe
import dev.sparring.run.RunData
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.run.Runs
import dev.sparring.run.SamplePicture
import java.util.OptionalInt
import java.util.function.Supplier
import org.jetbrains.kotlinx.jupyter.api.CodeCell

/**
 * A run of a notebook, shown as its report's head.
 *
 * @property directory where it is
 * @property recipe as it was written
 * @param shownIn the cell that has shown it while it trained, if one has
 */
public class TrainedRun
internal constructor(
    public val directory: RunDirectory,
    public val recipe: Recipe,
    private val engine: EngineOpener,
    internal val shownIn: CodeCell?,
) {
    /**
     * Draws samples with the newest generator.
     *
     * @param count how many
     * @param seed of their noise; without it the recipe's
     * @param label the class of all, from 0, where the generator has classes
     * @throws dev.sparring.run.RunException if there is no whole checkpoint
     */
    public fun sample(
        count: Int = 64,
        seed: Long = recipe.train.seed,
        label: Int? = null,
    ): Samples =
        engine.toLook(recipe.train).use { engine ->
            val sampler = Runs.sampler(directory, recipe, engine)
            requireClass(label, sampler.classes())
            val data = Supplier { RunData.open(directory, recipe) {} }
            val values =
                if (label == null) sampler.sample(count, seed)
                else sampler.sampleOf(label, count, seed)
            val picture =
                if (label == null) SamplePicture.draw(sampler, data, count, seed)
                else SamplePicture.drawClass(sampler, label, data, count, seed)
            Samples(values, sampler.sampleShape().batch(count), picture.orElse(null))
        }

    private fun requireClass(label: Int?, classes: OptionalInt) {
        if (label == null) return
        if (classes.isEmpty) throw RunException("label: the generator knows no classes")
        if (label !in 0 until classes.asInt) {
            throw RunException("label must be 0 to ${classes.asInt - 1}, got $label")
        }
    }

    override fun toString(): String = "run ${directory.path}"
}
