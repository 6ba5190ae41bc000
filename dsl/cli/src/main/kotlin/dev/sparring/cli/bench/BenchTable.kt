package dev.sparring.cli.bench

import dev.sparring.cli.ProgressLines
import dev.sparring.cli.columns
import java.util.Locale

/**
 * What was measured, as text to paste: the machine, the engines, the recipes and a table.
 *
 * A recipe's time on an engine is the median of its rounds' medians, so that each round weighs the
 * same however fast the machine was; the shortest iteration and the highest peak are of all rounds.
 */
internal class BenchTable(
    private val machine: String,
    private val cases: List<BenchCase>,
    private val reference: Reference? = null,
) {
    fun text(): String = buildString {
        appendLine(machine)
        for ((engine, own) in cases.groupBy { it.label }) {
            val versions = own.flatMap { it.measured }.map { it.version }.distinct()
            if (versions.isNotEmpty()) appendLine("$engine: ${versions.joinToString(", ")}")
        }
        for (workload in cases.map { it.workload }.distinct()) {
            appendLine("${workload.name}: ${work(workload)}")
        }
        appendLine()
        val header = HEADER + if (reference == null) emptyList() else Reference.COLUMNS
        val rows = cases.map { row(it) + reference?.columns(it, cases).orEmpty() }
        append(columns(listOf(header) + rows, right = header.indices.toSet() - TEXT))
    }

    private fun work(workload: Workload): String {
        val train = workload.recipe.train
        val precision = train.precision.name.lowercase(Locale.ROOT)
        val updates = "${train.discriminatorSteps} + ${train.generatorSteps} updates"
        return "${giga(workload.flops)} GFLOP an iteration ($updates, batch ${train.batch}), $precision"
    }

    private fun row(case: BenchCase): List<String> {
        val rounds = case.measured
        val start = listOf(case.workload.name, case.label)
        if (rounds.isEmpty()) return start + List(HEADER.size - start.size) { "-" }
        val typical = median(rounds.map { median(it.seconds) })
        val peak = rounds.mapNotNull { it.peakBytes }.maxOrNull()
        return start +
            listOf(
                ProgressLines.figure(typical),
                ProgressLines.figure(rounds.minOf { it.seconds.min() }),
                ProgressLines.figure(case.workload.flops / typical / GIGA),
                peak?.let { String.format(Locale.ROOT, "%.0f", it / MEGA) } ?: "-",
                "${rounds.sumOf { it.seconds.size }}",
            )
    }

    private fun giga(flops: Double) = String.format(Locale.ROOT, "%.5g", flops / GIGA)

    private companion object {
        const val MEGA = 1e6
        const val GIGA = 1e9
        val HEADER =
            listOf(
                *arrayOf("recipe", "engine", "s/iteration", "shortest", "GFLOP/s"),
                *arrayOf("peak MB", "iterations"),
            )
        val TEXT = setOf(0, 1)
    }
}

/** The middle of at least one value; of two, halfway between them. */
internal fun median(values: List<Double>): Double {
    val sorted = values.sorted()
    return (sorted[(sorted.size - 1) / 2] + sorted[sorted.size / 2]) / 2
}
