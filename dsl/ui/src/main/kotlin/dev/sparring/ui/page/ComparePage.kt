package dev.sparring.ui.page

import dev.sparring.dsl.diff.RecipeDiff
import dev.sparring.ui.ListedRun
import dev.sparring.ui.Refused
import dev.sparring.ui.UiHost
import kotlinx.html.div
import kotlinx.html.p
import kotlinx.html.stream.createHTML
import kotlinx.html.table
import kotlinx.html.tbody
import kotlinx.html.td
import kotlinx.html.th
import kotlinx.html.thead
import kotlinx.html.tr

/** How the recipes of two runs differ in effect: a part of a page. */
internal class ComparePage(
    private val run: ListedRun,
    private val other: ListedRun,
    private val program: UiHost,
) {
    fun html(): String {
        val (a, b) = listOf(run, other).map { recipe(it) }
        val differences = RecipeDiff.of(a, b, program.format)
        return createHTML(prettyPrint = false).div("scroll") {
            if (differences.isEmpty()) p { +"They are equal in effect." }
            else
                table("grid") {
                    thead {
                        tr { listOf("", "setting", run.label, other.label).forEach { th { +it } } }
                    }
                    tbody {
                        for (it in differences) {
                            tr {
                                td { +it.rank.word }
                                td { +it.path }
                                td { +"${it.first}" }
                                td { +"${it.second}" }
                            }
                        }
                    }
                }
        }
    }

    private fun recipe(run: ListedRun) = Refused.unless { program.recipe(run.directory) }
}
