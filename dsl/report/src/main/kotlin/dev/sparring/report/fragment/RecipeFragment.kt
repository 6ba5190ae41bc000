package dev.sparring.report.fragment

import dev.sparring.plan.GamePlan
import dev.sparring.report.grid
import dev.sparring.report.notes
import dev.sparring.report.recipe.CheckTable
import dev.sparring.report.recipe.CheckTables
import kotlinx.html.FlowContent
import kotlinx.html.details
import kotlinx.html.h3
import kotlinx.html.li
import kotlinx.html.p
import kotlinx.html.strong
import kotlinx.html.summary
import kotlinx.html.ul

/** The tables of a recipe. */
internal fun FlowContent.recipe(plan: GamePlan, warnings: List<String>) {
    val tables = CheckTables(plan)
    p("kind") { +"Recipe" }
    h3 { +tables.head.first() }
    tables.head.drop(1).forEach { p { +it } }
    if (warnings.isNotEmpty()) ul("warnings") { warnings.forEach { li { +it } } }
    tables.networks.forEach { table(it) }
    notes(
        (listOfNotNull(tables.slope) + tables.backward).map {
            it.replaceFirstChar(Char::uppercase) + "."
        }
    )
    details {
        summary { +"What the convention decides; a star marks what the recipe writes itself" }
        table(tables.conventions)
    }
}

private fun FlowContent.table(table: CheckTable) {
    val (name, facts) = table.title.substringBefore(':') to table.title.substringAfter(':', "")
    if (name.isNotEmpty()) {
        p {
            strong { +name }
            +":$facts"
        }
    }
    grid(table.header, table.rows.map { it.map(::indented) }, table.numbers)
}

/** Blanks at the beginning as ones that HTML keeps. */
private fun indented(cell: String): String {
    val blanks = cell.length - cell.trimStart().length
    return "\u2003".repeat(blanks / 2) + cell.drop(blanks)
}
