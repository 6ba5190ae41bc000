package dev.sparring.cli

import dev.sparring.plan.GamePlan
import dev.sparring.report.recipe.CheckTable
import dev.sparring.report.recipe.CheckTables

/** What is to be said of a recipe before it is trained, as text. */
internal class PlanTable(plan: GamePlan) {
    private val tables = CheckTables(plan)

    fun text(): String = buildString {
        tables.head.forEach(::appendLine)
        for (network in tables.networks) {
            appendLine()
            appendLine(network.title)
            append(text(network))
        }
        tables.slope?.let(::appendLine)
        tables.backward.forEach { append("\n$it\n") }
        append("\n" + text(tables.conventions))
    }

    private fun text(table: CheckTable) =
        columns(listOf(table.header) + table.rows, right = table.numbers)
}
