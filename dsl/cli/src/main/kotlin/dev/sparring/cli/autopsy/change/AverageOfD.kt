package dev.sparring.cli.autopsy.change

import dev.sparring.recipe.Recipe

/** Would need a discriminator that is averaged and judges by its average, which no recipe has. */
internal object AverageOfD : Change {
    override val name: String = "average"

    override val title: String = "an average of weights"

    override val source: String = "Yazici et al., arXiv:1806.04498"

    override fun of(recipe: Recipe): Recipe =
        throw DoesNotApply(
            "recipes average the generator for its samples only, which changes no update"
        )
}
