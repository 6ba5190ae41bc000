package dev.sparring.cli.autopsy.change

import dev.sparring.recipe.Recipe
import dev.sparring.recipe.UpdateOrder

/** Twice as many updates of D in a step. */
internal object MoreUpdatesOfD : Change {
    override val name: String = "updates-of-d-twice"

    override val title: String = "twice the updates of D"

    override val source: String = "Goodfellow et al., arXiv:1406.2661, algorithm 1"

    override fun of(recipe: Recipe): Recipe {
        val train = recipe.train
        if (train.order == UpdateOrder.SIMULTANEOUS) {
            throw DoesNotApply("in simultaneous order each player has one update a step")
        }
        return recipe.train(train.discriminatorSteps(2 * train.discriminatorSteps))
    }
}
