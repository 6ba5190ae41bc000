package dev.sparring.cli

import dev.sparring.diagnose.GainFit
import dev.sparring.dsl.Overrides
import dev.sparring.dsl.RecipeFormat
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.tensor.Engine

/** Fits one gain a network, and prints them as settings of the recipe. */
internal class GainPatch(
    private val recipe: Recipe,
    private val format: RecipeFormat,
    private val word: String,
    private val seeds: Int,
    private val terminal: Terminal,
) {
    init {
        if (word !in WORDS) {
            throw BadInput("--fit: expected ${WORDS.joinToString()}, got '$word'")
        }
    }

    fun print(open: () -> Engine): Int {
        val own = recipe.train.runSeeds()
        val data = recipe.openData(terminal::log)
        val lines =
            open().use { engine ->
                val all = List(seeds) { own.plus(it.toLong()) }
                listOf("generator", "discriminator").map { line(it, GainFit(data, engine, all)) }
            }
        terminal.out.print(
            "# $word with one gain a network: gradients at its first and its last hidden layer are" +
                " equally large, by $seeds ${if (seeds == 1) "seed" else "seeds"}\n" +
                lines.joinToString("")
        )
        return ExitCode.DONE
    }

    private fun line(network: String, fit: GainFit): String =
        try {
            val fitted = fit.fit(network) { gain -> GamePlan.of(with(network, gain)) }
            "# $network: the ratio first/last is %.3g with gain 1, %.3g with this one\n"
                .format(java.util.Locale.ROOT, fitted.ratioOfOne, fitted.ratio) +
                "$network:\n  init: ${init(fitted.gain)}\n"
        } catch (e: GainFit.NoGainException) {
            "# $network: ${e.message}\n"
        }

    private fun with(network: String, gain: Double): Recipe =
        Overrides.apply(recipe, listOf("$network.init=${init(gain)}"), format)

    private fun init(gain: Double) =
        "{ type: $word, gain: ${"%.4g".format(java.util.Locale.ROOT, gain)} }"

    private companion object {
        val WORDS = listOf("he", "xavier", "orthogonal", "deltaOrthogonal", "convOrthogonal")
    }
}
