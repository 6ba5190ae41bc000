package dev.sparring.cli.autopsy.change

import dev.sparring.recipe.Recipe

/** Gradients of both players scaled down to a norm of 1 where they are larger. */
internal object ClippedGradients : Change {
    private const val CLIP = "clipNorm"
    private const val MOST = 1.0

    override val name: String = "clip-norm"

    override val title: String = "gradients clipped to norm 1"

    override val source: String = "Pascanu, Mikolov and Bengio, arXiv:1211.5063, algorithm 1"

    override fun of(recipe: Recipe): Recipe {
        val both = listOf(recipe.optimizer.generator, recipe.optimizer.discriminator)
        if (both.all { (it.clipNorm() ?: Double.MAX_VALUE) <= MOST }) {
            throw DoesNotApply("both optimizers clip to 1 or less already")
        }
        return recipe.optimizers(Side.BOTH) {
            if ((it.clipNorm() ?: Double.MAX_VALUE) <= MOST) it else it.with(CLIP, MOST)
        }
    }
}
