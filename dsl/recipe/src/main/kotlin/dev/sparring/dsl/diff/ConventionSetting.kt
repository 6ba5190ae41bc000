package dev.sparring.dsl.diff

import dev.sparring.dsl.RecipeFormat
import dev.sparring.recipe.Recipe

/**
 * A setting that a recipe's convention decides, or that the recipe says itself where its convention
 * would decide it.
 *
 * @property network `generator` or `discriminator`
 * @property owner the word of the layer that has it, `optimizer`, or null for the network itself
 * @property setting its name; `padding` for a border, whether that is a number or a rule
 * @property value what it is in effect
 * @property isWritten whether the recipe says it
 */
public data class ConventionSetting(
    val network: String,
    val owner: String?,
    val setting: String,
    val value: Any,
    val isWritten: Boolean,
) {
    public companion object {
        /** What the owner of an optimizer's settings is called. */
        public const val OPTIMIZER: String = "optimizer"

        /**
         * All of a recipe, the networks' own first, then their layers' with those of the blocks
         * that they use, then the optimizers'.
         */
        @JvmStatic
        @JvmOverloads
        public fun of(
            recipe: Recipe,
            format: RecipeFormat = RecipeFormat.onClassPath,
        ): List<ConventionSetting> {
            val all = Effects(recipe, format.withWordsOf(recipe)).all().entries
            val optimizers = (all[OPTIMIZER] as Settings).entries
            return NETWORKS.flatMap { inside(all[it], it, null) } +
                NETWORKS.flatMap { inside(optimizers[it], it, OPTIMIZER) }
        }

        private val NETWORKS = listOf("generator", "discriminator")

        private fun inside(
            effect: Effect?,
            network: String,
            owner: String?,
        ): List<ConventionSetting> =
            when (effect) {
                null,
                is Single -> emptyList()
                is Series -> effect.items.flatMap { inside(it, network, owner) }
                is Settings -> {
                    val own = if (effect.isLayer) effect.word else owner
                    effect.conventional.map {
                        ConventionSetting(network, own, it.setting, it.value, it.isWritten)
                    } + effect.entries.values.flatMap { inside(it, network, own) }
                }
            }
    }
}
