package dev.sparring.cli.autopsy.change

import dev.sparring.norm.WeightNorm
import dev.sparring.recipe.Recipe
import dev.sparring.setting.Settings

/** A normalization of D's weights that bounds their spectral norms, for all layers without one. */
internal class SpectralNorm(private val norm: WeightNorm, override val source: String) : Change {
    private val word = WeightNorm.word(norm)

    override val name: String = "$word-on-d"

    override val title: String = "$word on D"

    override fun of(recipe: Recipe): Recipe {
        val own = recipe.discriminator
        if (WeightNorm.word(own.norm) == word) throw DoesNotApply("D has $word already")
        return Settings.with(recipe, "discriminator", Settings.with(own, "norm", norm))
    }
}
