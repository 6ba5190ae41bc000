package dev.sparring.report

import dev.sparring.diagnose.Probe
import dev.sparring.layer.LinearMap
import dev.sparring.report.chart.Band
import dev.sparring.report.chart.Chart
import dev.sparring.report.chart.Line
import dev.sparring.report.chart.Panel
import dev.sparring.report.chart.Plots
import dev.sparring.report.chart.Series
import dev.sparring.report.chart.plots
import dev.sparring.setting.Word
import java.nio.file.Path
import kotlin.math.exp
import kotlin.math.ln
import kotlinx.html.FlowContent
import kotlinx.html.p

/**
 * Signals at initialization as one page: how large activations and gradients are after each layer,
 * with a line for each initializer and a band from the least to the greatest seed.
 *
 * @param title what was probed, usually the recipe's name
 * @param readings by the name of an initializer: a list for each seed, all of the same layers
 */
public class ProbeReport(
    override val title: String,
    private val readings: Map<String, List<List<Probe.LayerReading>>>,
) : Report {
    private val layers = readings.values.first().first().map { it.layer }

    override fun html(folder: Path): String {
        val plots = Plots()
        val networks = layers.map { it.path.substringBefore('.') }.distinct()
        val seeds = readings.values.first().size
        val ways = count(readings.size, "way") + " to draw the weights, " + count(seeds, "seed")
        return page(
            title,
            "Probe report",
            "Nothing was trained: $ways.",
            "open",
            networks.map { network ->
                Chapter(network.replaceFirstChar(Char::uppercase)) { network(network, plots) }
            },
        )
    }

    private fun FlowContent.network(network: String, plots: Plots) {
        val own = layers.indices.filter { layers[it].path.startsWith("$network.") }
        val loss = if (network == "generator") "loss_g" else "loss_d"
        p {
            +"A flat line keeps signals; one that falls or climbs from layer to layer lets them vanish "
            +"or explode. For several seeds, the geometric mean is drawn in a band of all."
        }
        val charts =
            listOf(
                chart("Activations", "The root mean square of each layer's output.", own) {
                    it.activation
                },
                chart(
                    "Gradients",
                    "The root mean square of the gradient of $loss by these outputs.",
                    own,
                ) {
                    it.gradient
                },
            ) + shares(own)
        plots(charts, plots)
        grid(
            listOf("number", "layer", "output", "normalization of the weight"),
            own.map { i ->
                val layer = layers[i]
                val norm =
                    if (layer.layer !is LinearMap) ""
                    else layer.norm.javaClass.getAnnotation(Word::class.java)?.value.orEmpty()
                listOf("${number(i)}", layer.layer.summary(), "${layer.output}", norm)
            },
            numbers = setOf(0),
        )
    }

    private fun number(layer: Int) = layers[layer].path.substringAfter('.').toInt()

    /** Of activations that saturate or die, if the network has some. */
    private fun shares(own: List<Int>): List<Chart> {
        val first = readings.values.first().first()
        val with = own.filter { first[it].saturated != null || first[it].dead != null }
        if (with.isEmpty()) return emptyList()
        val places = with.map { number(it).toDouble() }.toDoubleArray()
        val lines =
            readings.map { (name, seeds) ->
                val values = with.map { i -> seeds.map { it[i].saturated ?: it[i].dead ?: 0.0 } }
                fun over(sum: (List<Double>) -> Double) =
                    Series(places, values.map(sum).toDoubleArray())
                val band = Band(over { it.min() }, over { it.max() })
                Line(name, over { it.average() }, band)
            }
        val about =
            "The share of a tanh's or sigmoid's outputs near a bound, and of a ReLU's units that " +
                "are 0 in the whole batch; means over seeds."
        return listOf(Chart("No gradient", about, listOf(Panel("", lines)), along = "layer"))
    }

    private fun chart(
        title: String,
        about: String,
        own: List<Int>,
        size: (Probe.LayerReading) -> Double,
    ): Chart {
        val steps = own.map { number(it).toDouble() }.toDoubleArray()
        val lines =
            readings.map { (name, seeds) ->
                val values = own.map { i -> seeds.map { size(it[i]) } }
                fun over(sum: (List<Double>) -> Double) =
                    Series(steps, values.map(sum).toDoubleArray())
                Line(
                    name,
                    over { all -> exp(all.map(::ln).average()) },
                    Band(over { it.min() }, over { it.max() }),
                )
            }
        return Chart(title, about, listOf(Panel("", lines)), isLog = true, along = "layer")
    }
}
