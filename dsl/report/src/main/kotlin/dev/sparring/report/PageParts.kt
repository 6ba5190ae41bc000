package dev.sparring.report

import kotlinx.html.BODY
import kotlinx.html.HEAD
import kotlinx.html.body
import kotlinx.html.head
import kotlinx.html.html
import kotlinx.html.lang
import kotlinx.html.meta
import kotlinx.html.stream.createHTML
import kotlinx.html.title

/** What pages of Sparring are made of, for reports and for pages that a server shows. */
public object PageParts {
    /** The style sheet. */
    public val style: String by lazy { text("style.css") }

    /**
     * A script for pictures, which a page can do without: those in an element of class `steps` get
     * a slider over their steps, and each one is enlarged by a click, to whole multiples of its
     * pixels.
     */
    public val pictures: String by lazy { text("pictures.js") }

    /**
     * A document of HTML, for wide and narrow, light and dark screens.
     *
     * @param look of its head: what is loaded, or style
     */
    public fun document(title: String, look: HEAD.() -> Unit, content: BODY.() -> Unit): String =
        "<!DOCTYPE html>\n" +
            createHTML(prettyPrint = false).html {
                lang = "en"
                head {
                    meta(charset = "utf-8")
                    meta("viewport", "width=device-width, initial-scale=1")
                    meta("color-scheme", "light dark")
                    title(title)
                    look()
                }
                body { content() }
            } +
            "\n"

    private fun text(name: String) =
        checkNotNull(Report::class.java.getResourceAsStream(name)).use {
            it.readAllBytes().decodeToString()
        }
}
