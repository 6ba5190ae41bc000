package dev.sparring.cli.autopsy.change

import dev.sparring.loss.DiscriminatorTerm
import dev.sparring.loss.R1
import dev.sparring.recipe.Recipe
import dev.sparring.setting.Settings
import dev.sparring.setting.Word

/** R1, which keeps the slope of D at real samples small. */
internal object GradientPenaltyR1 : Change {
    override val name: String = "r1"

    override val title: String = "r1 on D"

    override val source: String = "Mescheder, Geiger and Nowozin, arXiv:1801.04406"

    override fun of(recipe: Recipe): Recipe {
        val like =
            recipe.terms.filterIsInstance<DiscriminatorTerm>().find { it.needsSecondDerivatives() }
        if (like != null) {
            val word = like.javaClass.getAnnotation(Word::class.java)?.value
            throw DoesNotApply("D has a term on its slope already: ${word ?: like.javaClass.name}")
        }
        return Settings.with(recipe, "terms", recipe.terms + R1.r1())
    }
}
