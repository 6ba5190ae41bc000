package dev.sparring.cli.autopsy.change

import dev.sparring.recipe.Recipe

/**
 * A part of the learning rate of one player: two time scales, or a smaller one.
 *
 * @param divisor 2 or 4
 */
internal class LowerRate(private val player: Player, private val divisor: Int) : Change {
    enum class Player {
        G,
        D,
    }

    private val part = if (divisor == 2) "half" else "a quarter of"

    override val name: String =
        "rate-of-${player.name.lowercase()}-${if (divisor == 2) "half" else "quarter"}"

    override val title: String = "$part the rate of $player"

    override val source: String = "Heusel et al., arXiv:1706.08500"

    override fun of(recipe: Recipe): Recipe =
        recipe.optimizers(if (player == Player.G) Side.GENERATOR else Side.DISCRIMINATOR) {
            it.with("lr", it.lr() / divisor)
        }
}
