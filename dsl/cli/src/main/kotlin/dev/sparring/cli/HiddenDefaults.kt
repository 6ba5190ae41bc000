package dev.sparring.cli

import dev.sparring.layer.BatchNorm
import dev.sparring.layer.Conv
import dev.sparring.layer.ConvTranspose
import dev.sparring.layer.GroupNorm
import dev.sparring.layer.InstanceNorm
import dev.sparring.layer.Layer
import dev.sparring.layer.LayerNorm
import dev.sparring.optim.Optimizer
import dev.sparring.recipe.Nested
import dev.sparring.recipe.NetworkSpec
import dev.sparring.recipe.Recipe

/**
 * What a recipe's convention decides, in effect: a line a setting, a column a network. A star marks
 * what the recipe says itself.
 */
internal class HiddenDefaults(private val recipe: Recipe) {
    private val effective = recipe.effective()

    fun text(): String {
        val word = recipe.conventions.name.lowercase()
        val rows =
            listOf(listOf("conventions $word", "generator", "discriminator")) +
                listOf(
                        row("init") { spec, _ -> listOf(spec.init()) },
                        row("biasInit") { spec, _ -> listOf(spec.biasInit()) },
                        row("fans") { spec, _ -> listOf(spec.fans()) },
                        row("batchNorm eps") { spec, _ -> all<BatchNorm>(spec).map { it.eps } },
                        row("batchNorm momentum") { spec, _ ->
                            all<BatchNorm>(spec).map { it.momentum }
                        },
                        row("layerNorm eps") { spec, _ -> all<LayerNorm>(spec).map { it.eps } },
                        row("instanceNorm eps") { spec, _ ->
                            all<InstanceNorm>(spec).map { it.eps }
                        },
                        row("groupNorm eps") { spec, _ -> all<GroupNorm>(spec).map { it.eps } },
                        row("border of conv") { spec, _ -> layers(spec).mapNotNull(::border) },
                        row("optimizer eps") { _, optimizer -> listOf(of(optimizer, "eps")) },
                        row("optimizer epsHat") { _, optimizer -> listOf(of(optimizer, "epsHat")) },
                        row("optimizer epsInRoot") { _, optimizer ->
                            listOf(of(optimizer, "epsInRoot"))
                        },
                        row("optimizer decay") { _, optimizer -> listOf(of(optimizer, "decay")) },
                        row("optimizer startAtOne") { _, optimizer ->
                            listOf(of(optimizer, "startAtOne"))
                        },
                    )
                    .filter { it.drop(1).any(String::isNotEmpty) }
        return columns(rows, right = emptySet())
    }

    private fun row(name: String, values: (NetworkSpec, Optimizer) -> List<Any?>): List<String> {
        fun cell(network: (Recipe) -> Pair<NetworkSpec, Optimizer>): String {
            val (written, writtenOptimizer) = network(recipe)
            val (spec, optimizer) = network(effective)
            return values(spec, optimizer)
                .zip(values(written, writtenOptimizer))
                .filter { (now, _) -> now != null }
                .map { (now, said) -> shown(now!!) + if (isOpen(said)) "" else "*" }
                .distinct()
                .joinToString(", ")
        }
        return listOf(
            name,
            cell { it.generator to it.optimizer.generator },
            cell { it.discriminator to it.optimizer.discriminator },
        )
    }

    private fun layers(spec: NetworkSpec): List<Layer> = Nested.all(spec.layers())

    private inline fun <reified T : Layer> all(spec: NetworkSpec): List<T> =
        layers(spec).filterIsInstance<T>()

    /** A number of zeros or a rule; [OPEN] where there is neither. */
    private fun border(layer: Layer): Any? =
        when (layer) {
            is Conv -> layer.padding ?: layer.pad ?: OPEN
            is ConvTranspose -> layer.padding ?: layer.pad ?: OPEN
            else -> null
        }

    private fun of(optimizer: Optimizer, setting: String): Any? =
        optimizer.javaClass.recordComponents
            .find { it.name == setting }
            ?.accessor
            ?.invoke(optimizer)

    private fun isOpen(said: Any?) = said == null || said == OPEN

    private fun shown(value: Any): String = if (value is Record) describe(value) else text(value)

    private companion object {
        const val OPEN = "open"
    }
}
