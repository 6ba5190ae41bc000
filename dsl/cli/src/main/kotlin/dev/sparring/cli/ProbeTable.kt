package dev.sparring.cli

import dev.sparring.diagnose.Probe
import dev.sparring.layer.LinearMap
import dev.sparring.recipe.Recipe
import java.util.Locale
import kotlin.math.exp
import kotlin.math.ln
import kotlin.math.pow

/**
 * Signals at initialization as tables, with a line for each layer and a column for each
 * initializer. Sizes are geometric means over seeds, as they multiply from layer to layer.
 *
 * @param readings by the name of an initializer: a list for each seed
 */
internal class ProbeTable(
    private val recipe: Recipe,
    private val seeds: Int,
    private val readings: Map<String, List<List<Probe.LayerReading>>>,
) {
    private val layers = readings.values.first().first().map { it.layer }

    fun text(): String = buildString {
        val starts = if (seeds == 1) "1 seed" else "geometric means over $seeds seeds"
        appendLine("${recipe.name}: root mean squares at initialization, $starts")
        for (network in listOf("generator", "discriminator")) {
            val own = layers.indices.filter { layers[it].path.startsWith("$network.") }
            val loss = if (network == "generator") "loss_g" else "loss_d"
            table("$network, activations", own) { it.activation }
            table("$network, gradients of $loss by them", own) { it.gradient }
            append(columns(growth(own), right = readings.keys.indices.map { it + 1 }.toSet()))
            shares(network, own)
        }
    }

    /** Of tanh and sigmoid near a bound, of ReLU dead, if the network has such layers. */
    private fun StringBuilder.shares(network: String, rows: List<Int>) {
        val first = readings.values.first().first()
        val with = rows.filter { first[it].saturated != null || first[it].dead != null }
        if (with.isEmpty()) return
        appendLine()
        appendLine("$network, outputs without a gradient")
        val header = listOf("", "layer", "which") + readings.keys
        val body =
            with.map { i ->
                val layer = layers[i]
                val which = if (first[i].saturated != null) "near a bound" else "dead units"
                listOf(layer.path.substringAfter('.'), layer.layer.summary(), which) +
                    readings.values.map { all ->
                        percent(all.map { it[i].saturated ?: it[i].dead!! })
                    }
            }
        append(columns(listOf(header) + body, right = header.indices.toSet() - setOf(1, 2)))
    }

    private fun percent(shares: List<Double>) = short(100 * shares.average()) + " %"

    private fun StringBuilder.table(
        title: String,
        rows: List<Int>,
        size: (Probe.LayerReading) -> Double,
    ) {
        appendLine()
        appendLine(title)
        val header = listOf("", "layer", "output") + readings.keys
        val body =
            rows.map { i ->
                val layer = layers[i]
                listOf(layer.path.substringAfter('.'), layer.layer.summary(), "${layer.output}") +
                    readings.values.map { short(mean(it, i, size)) }
            }
        append(columns(listOf(header) + body, right = header.indices.toSet() - setOf(1, 2)))
    }

    /** By how much one layer with a weight scales gradients in the backward pass, on average. */
    private fun growth(rows: List<Int>): List<List<String>> {
        val weighted = rows.filter { layers[it].layer is LinearMap }
        // The last layer outputs the score or the picture, and has a width of its own.
        val hidden = weighted.dropLast(1)
        val factors =
            readings.values.map { all ->
                if (hidden.size < 2) "-"
                else {
                    val ratio =
                        mean(all, hidden.first()) { it.gradient } /
                            mean(all, hidden.last()) { it.gradient }
                    "x${short(ratio.pow(1.0 / (hidden.size - 1)))}${verdict(ratio)}"
                }
            }
        return listOf(listOf("back through a layer, gradients are") + factors)
    }

    /** @param ratio of the gradients at the first hidden layer to those at the last one */
    private fun verdict(ratio: Double): String =
        when {
            ratio < 1 / MUCH -> " vanishing"
            ratio > MUCH -> " exploding"
            else -> ""
        }

    private fun mean(
        seeds: List<List<Probe.LayerReading>>,
        layer: Int,
        size: (Probe.LayerReading) -> Double,
    ): Double = exp(seeds.map { ln(size(it[layer])) }.average())

    private fun short(value: Double) = String.format(Locale.ROOT, "%.3g", value)

    private companion object {
        /** From one end of a network to the other; the optimizer compensates for less. */
        const val MUCH = 10.0
    }
}
