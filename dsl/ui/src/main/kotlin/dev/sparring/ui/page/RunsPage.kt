package dev.sparring.ui.page

import dev.sparring.ui.RunIndex
import kotlinx.html.ButtonType
import kotlinx.html.InputType
import kotlinx.html.button
import kotlinx.html.div
import kotlinx.html.id
import kotlinx.html.input
import kotlinx.html.label
import kotlinx.html.p
import kotlinx.html.table
import kotlinx.html.tbody
import kotlinx.html.thead
import kotlinx.html.ul

/** All runs and sweeps; its rows come by events. */
internal class RunsPage(private val index: RunIndex, private val shell: Shell) {
    fun html(): String =
        shell.page(index.title, "Runs", listOf("runs.js"), wide = true) {
            div("tools") {
                label {
                    +"Filter "
                    input(InputType.search) {
                        id = "filter"
                        placeholder = "name, path or state; loss_d<1.5, state=running"
                        attributes["autocomplete"] = "off"
                    }
                }
                button(type = ButtonType.button) {
                    id = "draw"
                    disabled = true
                    +"Draw curves of chosen runs"
                }
                p("notes") { id = "count" }
            }
            div { id = "sweeps" }
            div("scroll") {
                table("grid runs") {
                    thead { id = "head" }
                    tbody { id = "rows" }
                }
            }
            ul("warnings") { id = "left-out" }
        }
}
