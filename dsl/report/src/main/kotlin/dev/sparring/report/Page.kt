package dev.sparring.report

import kotlinx.html.FlowContent
import kotlinx.html.a
import kotlinx.html.footer
import kotlinx.html.h1
import kotlinx.html.h2
import kotlinx.html.header
import kotlinx.html.id
import kotlinx.html.li
import kotlinx.html.main
import kotlinx.html.nav
import kotlinx.html.p
import kotlinx.html.script
import kotlinx.html.section
import kotlinx.html.style
import kotlinx.html.ul
import kotlinx.html.unsafe

/**
 * A part of a page with a heading, which the table of contents leads to.
 *
 * @param hasPictures whether it has pictures to leaf through and to enlarge
 */
internal class Chapter(
    val title: String,
    val hasPictures: Boolean = false,
    val body: FlowContent.() -> Unit,
) {
    val id: String = title.lowercase().replace(Regex("[^a-z0-9]+"), "-").trim('-')
}

/**
 * A whole page: nothing in it is loaded from anywhere.
 *
 * @param status said below the title
 * @param mood a class of the status: good, bad or open
 */
internal fun page(
    title: String,
    kind: String,
    status: String,
    mood: String,
    chapters: List<Chapter>,
): String =
    PageParts.document("$title - $kind", { style { unsafe { +PageParts.style } } }) {
        header {
            p("kind") { +kind }
            h1 { +title }
            p("status $mood") { +status }
        }
        nav {
            attributes["aria-label"] = "Contents"
            ul { chapters.forEach { li { a("#${it.id}") { +it.title } } } }
        }
        main { chapters.forEach { chapter(it) } }
        footer { p { +"Written by Sparring ${version()}." } }
        if (chapters.any { it.hasPictures }) script { unsafe { +PageParts.pictures } }
    }

private fun FlowContent.chapter(chapter: Chapter) = section {
    id = chapter.id
    h2 {
        +chapter.title
        +" "
        a("#${chapter.id}", classes = "anchor") {
            attributes["aria-label"] = "Link to ${chapter.title}"
            +"#"
        }
    }
    chapter.body(this)
}

private fun version() = Report::class.java.`package`.implementationVersion ?: "development"
