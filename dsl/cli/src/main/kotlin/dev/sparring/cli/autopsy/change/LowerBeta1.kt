package dev.sparring.cli.autopsy.change

import dev.sparring.optim.Optimizer
import dev.sparring.recipe.Recipe

/** Less momentum: Adam's beta1 of 0.5, or none where it is that already. */
internal object LowerBeta1 : Change {
    private const val BETA1 = "beta1"
    private const val USUAL = 0.5

    override val name: String = "lower-beta1"

    override val title: String = "a lower beta1"

    override val source: String =
        "Radford, Metz and Chintala, arXiv:1511.06434; 0: Miyato et al., arXiv:1802.05957"

    override fun of(recipe: Recipe): Recipe {
        val both = listOf(recipe.optimizer.generator, recipe.optimizer.discriminator)
        val highest =
            both.mapNotNull { it.setting(BETA1) as? Double }.maxOrNull()
                ?: throw DoesNotApply("no optimizer of the recipe has a beta1")
        if (highest == 0.0) throw DoesNotApply("beta1 is 0 already")
        val lower = if (highest > USUAL) USUAL else 0.0
        return recipe.optimizers(Side.BOTH) { lowered(it, lower) }
    }

    private fun lowered(optimizer: Optimizer, lower: Double): Optimizer {
        val own = optimizer.setting(BETA1) as? Double ?: return optimizer
        return if (own > lower) optimizer.with(BETA1, lower) else optimizer
    }
}
