package dev.sparring.cli.autopsy.change

import dev.sparring.recipe.Recipe

/**
 * Another seed of the noise, so that only luck changes; where images are generated from images and
 * no noise is drawn, of the data's order.
 *
 * @param number from 1
 */
internal class OtherSeed(private val number: Int) : Change {
    override val name: String = "seed-only-$number"

    override val title: String = "another seed only, $number"

    override val source: String = "Lucic et al., arXiv:1711.10337"

    override fun of(recipe: Recipe): Recipe {
        val train = recipe.train
        val (seeds, own) = train.seeds to train.runSeeds()
        val changed =
            if (recipe.data.sourceShape().isPresent) seeds.order(own.order.value + number)
            else seeds.noise(own.noise.value + number)
        return recipe.train(train.seeds(changed))
    }
}
