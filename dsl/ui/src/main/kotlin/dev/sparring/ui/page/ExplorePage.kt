package dev.sparring.ui.page

import dev.sparring.ui.ListedRun
import kotlinx.html.ButtonType
import kotlinx.html.FlowContent
import kotlinx.html.InputType
import kotlinx.html.button
import kotlinx.html.div
import kotlinx.html.fieldSet
import kotlinx.html.figcaption
import kotlinx.html.figure
import kotlinx.html.id
import kotlinx.html.img
import kotlinx.html.input
import kotlinx.html.label
import kotlinx.html.legend
import kotlinx.html.option
import kotlinx.html.output
import kotlinx.html.p
import kotlinx.html.select

/** A run's generator to play with; `explore.js` asks for pictures. */
internal class ExplorePage(private val run: ListedRun, private val shell: Shell) {
    fun html(): String =
        shell.page(
            run.label,
            "Explorer of a generator",
            listOf("explore.js", "pictures.js"),
            wide = true,
            data = mapOf("run" to run.id),
        ) {
            p("notes") { id = "facts" }
            div("explorer") {
                div("settings") {
                    fieldSet {
                        id = "modes"
                        legend { +"Show" }
                        mode("grid", "samples", true)
                        mode("walk", "a path between two")
                        mode("directions", "directions (SeFa)")
                    }
                    fieldSet {
                        legend { +"Noise" }
                        number("seed", "Seed")
                        button(type = ButtonType.button) {
                            id = "again"
                            +"Draw again"
                        }
                        choice("class", "Class")
                        choice("truncation", "Truncation")
                        slider("value", "Its value", 5, 200, 70)
                    }
                    fieldSet("for-grid") {
                        legend { +"Samples" }
                        slider("count", "How many", 1, 64, 36)
                    }
                    fieldSet("for-walk") {
                        legend { +"Path" }
                        number("to", "To seed")
                        slider("place", "Place", 0, 100, 50)
                        choice("path", "By")
                    }
                    fieldSet("for-directions") {
                        legend { +"Directions, the strongest first" }
                        div { id = "directions" }
                        button(type = ButtonType.button) {
                            id = "reset"
                            +"Back to 0"
                        }
                    }
                }
                div("pictures shown") {
                    figure("picture") {
                        img(alt = "Generated samples") { id = "shown" }
                        figcaption { id = "caption" }
                    }
                }
            }
        }

    private fun FlowContent.mode(name: String, text: String, isFirst: Boolean = false) = label {
        input(InputType.radio) {
            this.name = "mode"
            value = name
            checked = isFirst
        }
        +" $text"
    }

    private fun FlowContent.number(name: String, text: String) = label {
        +"$text "
        input(InputType.number) { id = name }
    }

    private fun FlowContent.slider(name: String, text: String, least: Int, most: Int, now: Int) =
        label {
            attributes["for"] = name
            +"$text "
            output { id = "$name-value" }
            input(InputType.range) {
                id = name
                min = "$least"
                max = "$most"
                value = "$now"
            }
        }

    private fun FlowContent.choice(name: String, text: String) = label {
        +"$text "
        select {
            id = name
            option {
                value = ""
                +"-"
            }
        }
    }
}
