package dev.sparring.site

import dev.sparring.report.PageParts
import java.nio.file.Path
import kotlinx.html.FlowContent
import kotlinx.html.MAIN
import kotlinx.html.a
import kotlinx.html.details
import kotlinx.html.div
import kotlinx.html.h1
import kotlinx.html.li
import kotlinx.html.main
import kotlinx.html.nav
import kotlinx.html.p
import kotlinx.html.style
import kotlinx.html.summary
import kotlinx.html.ul
import kotlinx.html.unsafe
import org.commonmark.ext.gfm.tables.TableBlock
import org.commonmark.node.Heading
import org.commonmark.node.Node
import org.commonmark.renderer.html.AttributeProvider
import org.commonmark.renderer.html.HtmlRenderer

/** Pages in the look of reports, with a navigation; they load nothing but pictures of the site. */
internal class PageHtml(private val pages: List<MarkdownPage>) {
    private val css = PageParts.style + resource("site.css")

    fun of(page: MarkdownPage): String =
        html(page.place, page.title, page) { unsafe { +content(page) } }

    /** A folder without a page of its own: its names, and links to those that the site has. */
    fun ofFolder(place: Path, folder: Path, contents: Map<String, Path?>): String {
        val name = Links.slashed(folder)
        return html(place, name, null) {
            h1 { +name }
            ul {
                for ((entry, to) in contents) {
                    li { if (to == null) +entry else a(Links.address(place, to)) { +entry } }
                }
            }
        }
    }

    private fun content(page: MarkdownPage): String =
        HtmlRenderer.builder()
            .extensions(MarkdownPage.EXTENSIONS)
            .attributeProviderFactory { Anchors(page) }
            .build()
            .render(page.root)
            // Wide tables scroll by themselves, not the page.
            .replace("<table", "<div class=\"scroll\"><table")
            .replace("</table>", "</table></div>")

    private class Anchors(private val page: MarkdownPage) : AttributeProvider {
        override fun setAttributes(
            node: Node,
            tag: String,
            attributes: MutableMap<String, String>,
        ) {
            if (node is Heading) attributes["id"] = page.anchors.getValue(node).anchor
            if (node is TableBlock && tag == "table") attributes["class"] = "grid"
        }
    }

    private fun html(
        place: Path,
        title: String,
        page: MarkdownPage?,
        content: MAIN.() -> Unit,
    ): String =
        PageParts.document(
            if (title == HOME) title else "$title - $HOME",
            { style { unsafe { +css } } },
        ) {
            div("layout") {
                nav {
                    attributes["aria-label"] = "Pages"
                    // Two lists, of which the style shows one: no script opens it.
                    details("narrow") {
                        summary { +"Pages" }
                        pages(place, page)
                    }
                    div("wide-only") { pages(place, page) }
                }
                main { content() }
            }
        }

    private fun FlowContent.pages(place: Path, page: MarkdownPage?) {
        for ((group, members) in
            pages.groupBy { group(it) }.toSortedMap(compareBy(GROUPS::indexOf))) {
            p("kind") { +group }
            ul {
                for (member in members.sortedBy { rank(it) }) {
                    li {
                        a(Links.address(place, member.place)) {
                            if (member === page) attributes["aria-current"] = "page"
                            +member.title
                        }
                        if (member === page) sections(member)
                    }
                }
            }
        }
    }

    private fun FlowContent.sections(page: MarkdownPage) {
        val sections = page.anchors.values.filter { it.level == 2 }
        if (sections.isEmpty()) return
        ul { sections.forEach { li { a("#${it.anchor}") { +it.title } } } }
    }

    private companion object {
        const val HOME = "Sparring"
        val GROUPS = listOf("Documentation", "Samples and studies", "Parts of the library")
        val FIRST = listOf("README.md", "dsl/words.md", "ARCHITECTURE.md", "SECURITY.md")

        fun group(page: MarkdownPage): String {
            val source = Links.slashed(page.source)
            return when {
                source in FIRST || '/' !in source -> GROUPS[0]
                source.startsWith("samples/") -> GROUPS[1]
                else -> GROUPS[2]
            }
        }

        /** The front page first; then those that most people want. */
        fun rank(page: MarkdownPage): Int =
            FIRST.indexOf(Links.slashed(page.source)).takeIf { it >= 0 } ?: FIRST.size

        fun resource(name: String) =
            checkNotNull(PageHtml::class.java.getResourceAsStream(name)).use {
                it.readAllBytes().decodeToString()
            }
    }
}
