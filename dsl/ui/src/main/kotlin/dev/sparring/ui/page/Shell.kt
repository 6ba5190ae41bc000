package dev.sparring.ui.page

import dev.sparring.report.PageParts
import kotlinx.html.FlowContent
import kotlinx.html.a
import kotlinx.html.classes
import kotlinx.html.div
import kotlinx.html.footer
import kotlinx.html.h1
import kotlinx.html.header
import kotlinx.html.id
import kotlinx.html.link
import kotlinx.html.main
import kotlinx.html.nav
import kotlinx.html.noScript
import kotlinx.html.p
import kotlinx.html.role
import kotlinx.html.script

/**
 * What all pages have in common.
 *
 * @param folder the name of the folder whose runs are shown
 */
internal class Shell(private val folder: String, private val version: String) {
    /**
     * A page.
     *
     * @param wide whether it uses the whole width of the window
     * @param data for its scripts
     */
    fun page(
        title: String,
        kind: String,
        scripts: List<String>,
        wide: Boolean = false,
        data: Map<String, String> = emptyMap(),
        content: FlowContent.() -> Unit,
    ): String =
        PageParts.document(
            "$title - $kind",
            {
                for (style in listOf("report.css", "uplot.css", "ui.css")) {
                    link("assets/$style", rel = "stylesheet")
                }
                link("assets/icon.svg", rel = "icon")
                for (name in scripts) script(src = "assets/$name") { defer = true }
            },
        ) {
            if (wide) classes = setOf("wide-page")
            data.forEach { (name, value) -> attributes["data-$name"] = value }
            header {
                nav("places") {
                    attributes["aria-label"] = "Pages"
                    a("./") { +"Runs of $folder" }
                    a("curves") { +"Curves" }
                }
                p("kind") { +kind }
                h1 { +title }
            }
            main {
                noScript { p("bad") { +"These pages need JavaScript." } }
                p("bad problem") {
                    id = "problem"
                    role = "alert"
                    attributes["hidden"] = "hidden"
                }
                content()
            }
            footer {
                p { +"Sparring $version. These pages only read." }
                div {
                    id = "live"
                    role = "status"
                }
            }
        }
}
