package dev.sparring.cli

import dev.sparring.layer.BatchNorm
import dev.sparring.layer.ConditionalBatchNorm
import dev.sparring.layer.Conv
import dev.sparring.layer.ConvTranspose
import dev.sparring.layer.GroupNorm
import dev.sparring.layer.InstanceNorm
import dev.sparring.layer.Layer
import dev.sparring.layer.LayerNorm
import dev.sparring.layer.ResidualBlock
import dev.sparring.optim.Optimizer
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.LayerTree
import dev.sparring.recipe.NetworkSpec
import dev.sparring.recipe.Recipe

/**
 * The defaults that a recipe's convention decides: a line for each setting, a column for each
 * network. A star marks values that the recipe writes itself.
 */
internal class HiddenDefaults(plan: GamePlan) {
    private val written = plan.written
    private val resolved = plan.recipe

    fun text(): String {
        val word = resolved.conventions.name.lowercase()
        val rows =
            listOf(listOf("conventions $word", "generator", "discriminator")) +
                listOf(
                        row("init") { listOf(spec.init().takeUnless { normDraws() }) },
                        row("biasInit") { listOf(spec.biasInit()) },
                        row("fans") { listOf(spec.fans()) },
                        row("batchNorm eps") {
                            all<BatchNorm>().map { it.eps } +
                                all<ConditionalBatchNorm>().map { it.eps } +
                                all<ResidualBlock>().map { it.eps }
                        },
                        row("batchNorm momentum") {
                            all<BatchNorm>().map { it.momentum } +
                                all<ConditionalBatchNorm>().map { it.momentum } +
                                all<ResidualBlock>().map { it.momentum }
                        },
                        row("layerNorm eps") { all<LayerNorm>().map { it.eps } },
                        row("instanceNorm eps") { all<InstanceNorm>().map { it.eps } },
                        row("groupNorm eps") { all<GroupNorm>().map { it.eps } },
                        row("border of conv") { layers.mapNotNull(::border) },
                        row("optimizer eps") { listOf(ofOptimizer("eps")) },
                        row("optimizer epsHat") { listOf(ofOptimizer("epsHat")) },
                        row("optimizer epsInRoot") { listOf(ofOptimizer("epsInRoot")) },
                        row("optimizer decay") { listOf(ofOptimizer("decay")) },
                        row("optimizer startAtOne") { listOf(ofOptimizer("startAtOne")) },
                    )
                    .filter { it.drop(1).any(String::isNotEmpty) }
        return columns(rows, right = emptySet())
    }

    private fun row(name: String, values: Player.() -> List<Any?>): List<String> {
        fun cell(player: (Recipe) -> Player): String =
            values(player(resolved))
                .zip(values(player(written)))
                .filter { (now, _) -> now != null }
                .map { (now, said) -> shown(now!!) + if (isOpen(said)) "" else "*" }
                .distinct()
                .joinToString(", ")
        return listOf(
            name,
            cell { Player(it, it.generator, it.optimizer.generator) },
            cell { Player(it, it.discriminator, it.optimizer.discriminator) },
        )
    }

    /** The values of one network, with the layers of the blocks that it uses. */
    private class Player(recipe: Recipe, val spec: NetworkSpec, val optimizer: Optimizer) {
        val layers: List<Layer> = LayerTree.all(spec.layers(), recipe.blocks)

        inline fun <reified T : Layer> all(): List<T> = layers.filterIsInstance<T>()

        /** Whether all weights are drawn by the norm and none by the network's initializer. */
        fun normDraws(): Boolean = layers.all { (it.norm() ?: spec.norm()).initializer() != null }

        fun ofOptimizer(setting: String): Any? =
            optimizer.javaClass.recordComponents
                .find { it.name == setting }
                ?.accessor
                ?.invoke(optimizer)
    }

    /** A number of zeros or a rule; [OPEN] where there is neither. */
    private fun border(layer: Layer): Any? =
        when (layer) {
            is Conv -> layer.padding ?: layer.pad ?: OPEN
            is ConvTranspose -> layer.padding ?: layer.pad ?: OPEN
            else -> null
        }

    private fun isOpen(said: Any?) = said == null || said == OPEN

    private fun shown(value: Any): String = if (value is Record) describe(value) else text(value)

    private companion object {
        const val OPEN = "open"
    }
}
