package dev.sparring.report.recipe

import dev.sparring.diagnose.SlopeBound
import dev.sparring.layer.Role
import dev.sparring.plan.GamePlan
import dev.sparring.plan.NetworkPlan
import dev.sparring.plan.PlannedLayer
import dev.sparring.recipe.ScheduledNumber
import dev.sparring.report.count
import java.math.BigDecimal
import java.math.MathContext
import java.util.Locale

/**
 * A table of a [CheckTables].
 *
 * @property title a line above it
 * @property header the names of its columns
 * @property rows as many cells each
 * @property numbers the columns that are aligned to the right
 */
public class CheckTable(
    public val title: String,
    public val header: List<String>,
    public val rows: List<List<String>>,
    public val numbers: Set<Int>,
)

/**
 * What `sparring check` says of a recipe: its two networks as tables, with a line for each layer,
 * and the defaults that its convention decides. Inner layers are listed below their layer, indented
 * by two blanks a level, with their path; the layer's parameters then include theirs.
 */
public class CheckTables(private val plan: GamePlan) {
    private val recipe = plan.recipe

    /** Lines about the whole recipe. */
    public val head: List<String> =
        listOf("${recipe.name}: samples ${plan.sample}, loss ${describe(recipe.loss)}") +
            listOfNotNull(
                recipe.discriminator.output?.let { "losses see scores as ${describe(it)}" }
            ) +
            listOfNotNull(recipe.evaluate?.let { "samples are measured: ${describe(it)}" }) +
            recipe.train.schedules.map(::scheduled)

    /** The generator and the discriminator. */
    public val networks: List<CheckTable> =
        listOf(
            network("generator", plan.generator(), describe(recipe.optimizer.generator)),
            network("discriminator", plan.discriminator(), describe(recipe.optimizer.discriminator)),
        )

    /** How steep the discriminator can be, if that is known; null otherwise. */
    public val slope: String? =
        // Of the network's own scores, not of what is made of them.
        if (recipe.discriminator.output != null) null
        else
            SlopeBound.always(plan.discriminator()).run {
                if (isPresent) steepest(asDouble) else null
            }

    /** A line about the networks of the backward direction, if there is one. */
    public val backward: List<String> =
        plan.directions
            .filter { it.isBackward }
            .map {
                "the backward direction, of the same layers with weights of their own: " +
                    "${it.generator.name} ${it.generator.input} to " +
                    "${it.generator.output()}, ${count(it.generator.parameterCount())} " +
                    "parameters; ${it.discriminator.name} " +
                    "${count(it.discriminator.parameterCount())} parameters"
            }

    /** A line for each setting that the convention decides; a star marks those that are written. */
    public val conventions: CheckTable = HiddenDefaults(plan).table()

    private fun scheduled(number: ScheduledNumber): String {
        val last = recipe.train.steps.toLong()
        val span =
            number.images?.let { "${count(it)} images" }
                ?: number.steps?.let { "${count(it.toLong())} steps" }
                ?: "the run"
        return "${number.setting} from ${value(number, 1)} to ${text(number.to)} in $span, " +
            "${describe(number.shape)}; ${value(number, last)} in the last step, ${count(last)}"
    }

    private fun value(number: ScheduledNumber, step: Long) =
        text(BigDecimal(recipe.scheduled(step).getValue(number.setting)).round(SIX).toDouble())

    private fun network(name: String, network: NetworkPlan, optimizer: String): CheckTable {
        val rows =
            listOf(listOf("", "input", "${network.input}", "", "", "")) +
                rows(network, network.name, 0)
        val nested = network.layers.any { it.branches.isNotEmpty() }
        return CheckTable(
            "$name: ${count(network.parameterCount())} parameters, $optimizer",
            HEADER,
            rows,
            if (nested) setOf(PARAMETERS) else setOf(0, PARAMETERS),
        )
    }

    private fun rows(row: NetworkPlan, network: String, depth: Int): List<List<String>> =
        row.layers.flatMap { layer ->
            val index = layer.path.removePrefix("$network.")
            listOf(row(index, depth, layer)) +
                layer.branches.flatMap { rows(it, network, depth + 1) }
        }

    private fun row(index: String, depth: Int, layer: PlannedLayer): List<String> {
        val drawn =
            layer.parameters.filter {
                it.parameter.role == Role.WEIGHT || it.parameter.role == Role.SCALE
            }
        return listOf(
            index,
            "  ".repeat(depth) + layer.layer.summary(),
            "${layer.output}",
            if (layer.parameterCount() == 0L) "" else count(layer.parameterCount()),
            drawn.joinToString(", ") { describe(it.initializer) },
            if (drawn.any { it.parameter.role == Role.WEIGHT }) describe(layer.norm) else "",
        )
    }

    private fun steepest(bound: Double): String {
        val most = String.format(Locale.ROOT, "%.3g", bound)
        val seen = if (recipe.augment.isEmpty()) "" else ", by samples as it sees them"
        return "the gradient of its score is at most $most long$seen: the product of its layers' norms"
    }

    private companion object {
        const val PARAMETERS = 3

        /** Digits of numbers that are computed. */
        val SIX = MathContext(6)
        val HEADER = listOf("", "layer", "output", "parameters", "initializer", "normalization")
    }
}
