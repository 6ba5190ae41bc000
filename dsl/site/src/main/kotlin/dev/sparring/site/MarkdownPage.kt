package dev.sparring.site

import java.nio.file.Path
import kotlin.io.path.name
import kotlin.io.path.nameWithoutExtension
import org.commonmark.ext.gfm.tables.TablesExtension
import org.commonmark.ext.heading.anchor.IdGenerator
import org.commonmark.node.AbstractVisitor
import org.commonmark.node.Code
import org.commonmark.node.Heading
import org.commonmark.node.Image
import org.commonmark.node.Link
import org.commonmark.node.Node
import org.commonmark.node.SoftLineBreak
import org.commonmark.node.Text
import org.commonmark.parser.IncludeSourceSpans
import org.commonmark.parser.Parser

/**
 * A Markdown file.
 *
 * @property source its place in the project
 */
internal class MarkdownPage(val source: Path, text: String) {
    /** A heading: its level from 1 on, its text, and its anchor. */
    class Section(val level: Int, val title: String, val anchor: String)

    /** A link or picture, and the line that it stands in, from 1 on. */
    class Reference(val node: Node, val target: String, val line: Int)

    val root: Node = PARSER.parse(text)

    /** Where its page is in the site: a README is the index of its folder. */
    val place: Path =
        source.resolveSibling(
            if (source.name == README) "index.html" else "${source.nameWithoutExtension}.html"
        )

    val references: List<Reference>
    val anchors: Map<Heading, Section>

    init {
        val found = mutableListOf<Reference>()
        val sections = LinkedHashMap<Heading, Section>()
        // As GitHub makes them: equal headings are numbered.
        val ids = IdGenerator.builder().build()
        root.accept(
            object : AbstractVisitor() {
                override fun visit(heading: Heading) {
                    val title = plain(heading)
                    sections[heading] = Section(heading.level, title, ids.generateId(title))
                    visitChildren(heading)
                }

                override fun visit(link: Link) {
                    found += Reference(link, link.destination, line(link))
                    visitChildren(link)
                }

                override fun visit(image: Image) {
                    found += Reference(image, image.destination, line(image))
                }
            }
        )
        references = found
        anchors = sections
    }

    /** The first heading, or the file's name. */
    val title: String = anchors.values.firstOrNull()?.title ?: source.name

    fun hasAnchor(name: String): Boolean = anchors.values.any { it.anchor == name }

    private fun plain(node: Node): String = buildString {
        node.accept(
            object : AbstractVisitor() {
                override fun visit(text: Text) {
                    append(text.literal)
                }

                override fun visit(code: Code) {
                    append(code.literal)
                }

                override fun visit(softLineBreak: SoftLineBreak) {
                    append(' ')
                }
            }
        )
    }

    /** In a table, inline parts have no place of their own. */
    private fun line(node: Node): Int =
        generateSequence(node) { it.parent }
            .firstNotNullOfOrNull { it.sourceSpans.firstOrNull() }
            ?.let { it.lineIndex + 1 } ?: 1

    companion object {
        const val README = "README.md"
        val EXTENSIONS = listOf(TablesExtension.create())
        private val PARSER =
            Parser.builder()
                .extensions(EXTENSIONS)
                .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                .build()
    }
}
