package dev.sparring.ui.page

import dev.sparring.run.FindingLines
import dev.sparring.run.RunException
import dev.sparring.run.RunOverview
import dev.sparring.run.RunState
import dev.sparring.ui.ListedRun
import dev.sparring.ui.RunIndex
import java.nio.file.Files
import java.util.Locale
import kotlin.io.path.readText
import kotlinx.html.FlowContent
import kotlinx.html.a
import kotlinx.html.code
import kotlinx.html.details
import kotlinx.html.div
import kotlinx.html.h2
import kotlinx.html.id
import kotlinx.html.label
import kotlinx.html.li
import kotlinx.html.option
import kotlinx.html.p
import kotlinx.html.pre
import kotlinx.html.section
import kotlinx.html.select
import kotlinx.html.summary
import kotlinx.html.table
import kotlinx.html.tbody
import kotlinx.html.td
import kotlinx.html.th
import kotlinx.html.tr
import kotlinx.html.ul

/** One run: its state, figures, pictures, recipe and findings. */
internal class RunPage(
    private val index: RunIndex,
    private val run: ListedRun,
    private val shell: Shell,
) {
    private val overview = index.overview(run)

    fun html(): String =
        shell.page(
            "${overview.name}${seed()}",
            "Run",
            listOf("uplot.js", "lines.js", "choose.js", "curves.js", "run.js", "pictures.js"),
            data = mapOf("run" to run.id),
        ) {
            p("status ${mood(overview.state)}") {
                id = "state"
                +state(overview)
            }
            p("notes") {
                +run.label
                +" · "
                a("explore?id=${run.id}") { +"explore its generator" }
                +" · "
                a("curves?runs=${run.id}") { +"compare its curves" }
            }
            lines("Damage", overview.damage, "warnings")
            lines("Findings", findings(), "findings")
            section {
                h2 { +"Figures" }
                CurvesWidget(index, listOf(run)).content(this)
                details("chooser") {
                    summary { +"Last numbers" }
                    last()
                }
            }
            section {
                id = "samples"
                h2 { +"Samples" }
                p("notes") { +"Always from the same noise. Click to enlarge; ← and → for others." }
                div("pictures steps") {
                    id = "pictures"
                    attributes["data-title"] = "${overview.name}${seed()}"
                }
            }
            section {
                h2 { +"Recipe" }
                difference()
                val text = recipe()
                if (text == null) p { +"The run keeps no text of its recipe." }
                else pre { code { +text } }
            }
        }

    private fun seed() = if (overview.seed.isPresent) ", seed ${overview.seed.asLong}" else ""

    private fun FlowContent.lines(title: String, lines: List<String>, kind: String) {
        if (lines.isEmpty()) return
        section {
            h2 { +title }
            ul(kind) { lines.forEach { li { +it } } }
        }
    }

    private fun FlowContent.last() {
        if (overview.figures.isEmpty()) {
            p("nothing") { +"There are no figures yet." }
            return
        }
        div("scroll") {
            table("grid") {
                tbody {
                    for ((name, value) in overview.figures.toSortedMap()) {
                        tr {
                            th { +name }
                            td("number") { +"$value" }
                        }
                    }
                }
            }
        }
    }

    private fun FlowContent.difference() {
        val others = index.all().filter { it.id != run.id }
        if (others.isEmpty()) return
        p {
            label {
                +"Difference from "
                select {
                    id = "other"
                    option {
                        value = ""
                        +"(choose a run)"
                    }
                    for (other in others) {
                        option {
                            value = other.id
                            +other.label
                        }
                    }
                }
            }
        }
        div { id = "difference" }
    }

    private fun findings(): List<String> =
        try {
            FindingLines.of(run.directory).take(MOST)
        } catch (e: RunException) {
            listOf("${e.message}")
        }

    private fun recipe(): String? {
        val file = run.directory.recipe()
        return if (Files.isRegularFile(file) && Files.size(file) < LARGEST) file.readText()
        else null
    }

    companion object {
        private const val MOST = 500
        private const val LARGEST = 4L shl 20

        /** A state as a class of the style sheet. */
        fun mood(state: RunState): String =
            when (state) {
                RunState.COMPLETED -> "good"
                RunState.DIVERGED,
                RunState.FAILED,
                RunState.KILLED,
                RunState.DAMAGED -> "bad"
                else -> "open"
            }

        /** A state in words. */
        fun state(overview: RunOverview): String {
            val of =
                if (overview.steps.isPresent) " of %,d".format(Locale.ROOT, overview.steps.asLong)
                else ""
            val word = overview.state.word().replaceFirstChar(Char::uppercase)
            return "$word, step %,d".format(Locale.ROOT, overview.step) + of
        }
    }
}
