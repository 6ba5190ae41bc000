package dev.sparring.cli.sweep

import dev.sparring.cli.columns
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.random.Seed
import dev.sparring.statistics.VarianceComponents
import kotlin.math.sqrt

/**
 * Whose luck the figures of a sweep are, if its axes cross seeds by purpose: the share of each
 * seed, and of their interactions, in the variance of a figure, for each combination of the other
 * axes' values. Where the sweep has several seeds, those are a source too, of all that no axis
 * varies. Failures are a figure, 0 or 1, where some runs failed and some did not.
 */
internal class SeedComponents(private val sweep: Sweep, private val cells: List<CellResults>) {
    private val others = sweep.axes - sweep.crossedSeeds.toSet()
    private val sources =
        sweep.crossedSeeds.map { it.substringAfterLast('.') } +
            listOf("seed").filter { sweep.seeds.size > 1 }

    /** Components of one figure of one group of cells; null where too many runs lack it. */
    private class Found(
        val group: Map<String, String>,
        val figure: String,
        val runs: Int,
        val values: DoubleArray,
        val components: List<VarianceComponents.Component>?,
    ) {
        val survived = values.count { !it.isNaN() }
    }

    private val found: List<Found> =
        if (sweep.crossedSeeds.isEmpty()) listOf()
        else {
            val groups = cells.groupBy { own -> own.cell.labels.filterKeys { it in others } }
            groups.flatMap { (group, own) -> figures(group, own) }
        }

    private fun figures(group: Map<String, String>, own: List<CellResults>): List<Found> {
        val levels =
            sweep.crossedSeeds.map { axis -> own.map { it.cell.labels.getValue(axis) }.distinct() }
        val counts = levels.map { it.size } + listOf(sweep.seeds.size).filter { it > 1 }
        // Cells and runs are in the order of axes and seeds, the last turning fastest.
        val runs = own.flatMap { it.runs }
        val failed = runs.count { !it.isGood }
        val failures = runs.map { if (it.isGood) 0.0 else 1.0 }
        val figures =
            sweep.measures.associateWith { measure -> runs.map { it.figures[measure] } } +
                if (failed in 1 until runs.size) mapOf(FAILED to failures) else mapOf()
        return figures.map { (figure, values) ->
            val table = values.map { v -> v?.takeIf { it.isFinite() } ?: Double.NaN }
            val array = table.toDoubleArray()
            val title = group.values.joinToString(" ")
            val stream = Seed(0).stream("sweep variance $title $figure")
            val components =
                VarianceComponents.of(counts.toIntArray(), array)
                    ?.components(LEVEL, RESAMPLES, stream)
            Found(group, figure, runs.size, array, components)
        }
    }

    /** A row for each component; null if the sweep crosses no seeds. */
    fun csv(): String? {
        if (found.isEmpty()) return null
        val header =
            others +
                listOf("figure", "runs", "n", "source", "variance") +
                listOf("share", "share_lo95", "share_hi95")
        val rows =
            found.flatMap { own ->
                own.components.orEmpty().map { component ->
                    val interval = component.interval
                    val numbers: List<Number?> =
                        listOf(component.variance, component.share, interval?.low, interval?.high)
                    own.group.values +
                        listOf(own.figure, "${own.runs}", "${own.survived}", name(component)) +
                        numbers.map { it?.toString().orEmpty() }
                }
            }
        return csv(listOf(header) + rows)
    }

    /** A row for each component, aligned, and what they mean; empty if the sweep crosses none. */
    fun text(): String {
        if (found.isEmpty()) return ""
        val header = others + listOf("figure", "source", "sd", "share", "95 %")
        val rows =
            found.flatMap { own ->
                own.components.orEmpty().map { component ->
                    own.group.values +
                        listOf(own.figure, name(component)) +
                        short(sqrt(maxOf(0.0, component.variance))) +
                        short(component.share) +
                        short(component.interval)
                }
            }
        val right = header.indices.toSet() - (0..others.size + 1).toSet()
        val table = if (rows.isEmpty()) "" else "\n" + columns(listOf(header) + rows, right)
        return table + notes().joinToString("") { "$it\n" }
    }

    private fun notes(): List<String> {
        val lost = found.filter { it.survived < it.runs && it.components != null }
        val none = found.filter { it.components == null }
        val few = found.any { own -> own.components?.any { it.interval == null } == true }
        return listOfNotNull(
            "share: of the variance over seeds that this source carries; 'a x b' is what a and b " +
                "do together only, of all sources also what is left",
            "intervals need 3 values of each seed".takeIf { few },
        ) +
            lost.map {
                "${place(it)}: components of the ${it.survived} of ${it.runs} that survived"
            } +
            none.map { "${place(it)}: no components; only ${it.survived} of ${it.runs} have it" }
    }

    private fun place(found: Found) = (found.group.values + found.figure).joinToString(", ")

    private fun name(component: VarianceComponents.Component) =
        component.sources.joinToString(" x ") { sources[it] }

    private companion object {
        const val FAILED = "failed"
        const val RESAMPLES = 2000
    }
}
