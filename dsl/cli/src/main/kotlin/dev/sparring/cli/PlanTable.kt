package dev.sparring.cli

import dev.sparring.diagnose.SlopeBound
import dev.sparring.layer.Role
import dev.sparring.plan.GamePlan
import dev.sparring.plan.NetworkPlan
import dev.sparring.plan.PlannedLayer
import dev.sparring.recipe.ScheduledNumber
import dev.sparring.tensor.Shape
import java.math.BigDecimal
import java.math.MathContext
import java.util.Locale

/**
 * A recipe's two networks as tables, with a line for each layer. Inner layers are listed below
 * their layer, indented, with their path; the layer's parameters then include theirs.
 */
internal class PlanTable(private val plan: GamePlan) {
    private val recipe = plan.recipe

    fun text(): String = buildString {
        appendLine("${recipe.name}: samples ${plan.sample}, loss ${describe(recipe.loss)}")
        recipe.evaluate?.let { appendLine("samples are measured: ${describe(it)}") }
        recipe.train.schedules.forEach { appendLine(scheduled(it)) }
        network("generator", plan.generator(), describe(recipe.optimizer.generator))
        network("discriminator", plan.discriminator(), describe(recipe.optimizer.discriminator))
        // Of the network's own scores, not of what is made of them.
        if (recipe.discriminator.output == null)
            SlopeBound.always(plan.discriminator()).ifPresent { appendLine(slope(it)) }
        plan.directions
            .filter { it.isBackward }
            .forEach {
                appendLine()
                appendLine(
                    "the backward direction, of the same layers with weights of their own: " +
                        "${it.generator.name} ${shape(it.generator.input)} to " +
                        "${shape(it.generator.output())}, ${count(it.generator.parameterCount())} " +
                        "parameters; ${it.discriminator.name} " +
                        "${count(it.discriminator.parameterCount())} parameters"
                )
            }
    }

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

    private fun StringBuilder.network(name: String, network: NetworkPlan, optimizer: String) {
        val rows =
            listOf(HEADER) +
                listOf(listOf("", "input", shape(network.input), "", "", "")) +
                rows(network, network.name, 0)
        val nested = network.layers.any { it.branches.isNotEmpty() }
        appendLine()
        appendLine("$name: ${count(network.parameterCount())} parameters, $optimizer")
        append(columns(rows, right = if (nested) setOf(PARAMETERS) else setOf(0, PARAMETERS)))
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
            shape(layer.output),
            if (layer.parameterCount() == 0L) "" else count(layer.parameterCount()),
            drawn.joinToString(", ") { describe(it.initializer) },
            if (drawn.any { it.parameter.role == Role.WEIGHT }) describe(layer.norm) else "",
        )
    }

    private fun slope(bound: Double): String {
        val most = String.format(Locale.ROOT, "%.3g", bound)
        val seen = if (recipe.augment.isEmpty()) "" else ", by samples as it sees them"
        return "the gradient of its score is at most $most long$seen: the product of its layers' norms"
    }

    private fun shape(shape: Shape) = shape.toString()

    private fun count(n: Long) = String.format(Locale.ROOT, "%,d", n)

    private companion object {
        const val PARAMETERS = 3

        /** Digits of numbers that are computed. */
        val SIX = MathContext(6)
        val HEADER = listOf("", "layer", "output", "parameters", "initializer", "normalization")
    }
}
