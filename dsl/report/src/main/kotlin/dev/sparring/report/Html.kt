package dev.sparring.report

import kotlinx.html.FlowContent
import kotlinx.html.div
import kotlinx.html.p
import kotlinx.html.table
import kotlinx.html.tbody
import kotlinx.html.td
import kotlinx.html.th
import kotlinx.html.thead
import kotlinx.html.tr

internal fun FlowContent.notes(notes: List<String>) {
    if (notes.isNotEmpty()) p("notes") { +notes.joinToString(" ") }
}

/** Two columns: name and value. */
internal fun FlowContent.facts(facts: Map<String, String>) =
    div("scroll") {
        table("facts") {
            tbody {
                for ((name, value) in facts) {
                    tr {
                        th { +name }
                        td { +value }
                    }
                }
            }
        }
    }

/** A table with a heading; [numbers] are the columns that are aligned to the right. */
internal fun FlowContent.grid(header: List<String>, rows: List<List<String>>, numbers: Set<Int>) =
    div("scroll") {
        table("grid") {
            thead {
                tr { header.forEachIndexed { i, name -> th(classes = side(i, numbers)) { +name } } }
            }
            tbody {
                for (row in rows) {
                    tr { row.forEachIndexed { i, cell -> td(side(i, numbers)) { +cell } } }
                }
            }
        }
    }

private fun side(column: Int, numbers: Set<Int>) = if (column in numbers) "number" else null
