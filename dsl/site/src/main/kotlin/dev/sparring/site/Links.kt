package dev.sparring.site

import java.net.URI
import java.net.URLDecoder
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.isDirectory
import org.commonmark.node.Image
import org.commonmark.node.Link

/** Follows the links between pages, to files and to folders of a project. */
internal class Links(private val root: Path, pages: List<MarkdownPage>) {
    private val bySource = pages.associateBy { it.source }

    /** Files that pages lead to, by their place in the project; they belong to the site. */
    val files: MutableSet<Path> = sortedSetOf()

    /** Folders without a README that pages lead to. */
    val folders: MutableSet<Path> = sortedSetOf()

    /** Lets the links of a page lead to pages of the site; returns those that lead nowhere. */
    fun follow(page: MarkdownPage): List<String> =
        page.references.mapNotNull { reference ->
            val problem = follow(page, reference) ?: return@mapNotNull null
            "${slashed(page.source)}:${reference.line}: link to ${reference.target}: $problem"
        }

    private fun follow(page: MarkdownPage, reference: MarkdownPage.Reference): String? {
        val target = reference.target
        if (ELSEWHERE.containsMatchIn(target)) return null
        val name =
            URLDecoder.decode(target.substringBefore('#').replace("+", "%2B"), Charsets.UTF_8)
        val anchor = target.substringAfter('#', "")
        val file =
            if (name.isEmpty()) page.source
            else (page.source.parent ?: Path.of("")).resolve(name).normalize()
        if (file.startsWith("..") || file.isAbsolute) return "it leads out of the project"
        if (!root.resolve(file).exists()) return "no such file"
        val readme = file.resolve(MarkdownPage.README).normalize()
        val other = bySource[file] ?: bySource[readme]
        if (anchor.isNotEmpty()) {
            if (other == null) return "only pages have headings"
            if (!other.hasAnchor(anchor)) return "no such heading"
        }
        val place =
            when {
                other != null -> other.place
                root.resolve(file).isDirectory() ->
                    file.resolve("index.html").also { folders.add(file) }
                else -> file.also { files.add(it) }
            }
        val address =
            if (name.isEmpty()) "#$anchor"
            else address(page.place, place) + if (anchor.isEmpty()) "" else "#$anchor"
        when (val node = reference.node) {
            is Link -> node.destination = address
            is Image -> node.destination = address
        }
        return null
    }

    companion object {
        private val ELSEWHERE = Regex("^([a-zA-Z][a-zA-Z0-9+.-]*:|//)")

        /** The way from one page of the site to another file of it. */
        fun address(from: Path, to: Path): String {
            val folder = Path.of("/").resolve(from).parent
            return folder.relativize(Path.of("/").resolve(to)).joinToString("/") {
                URI(null, null, "/$it", null).rawPath.drop(1)
            }
        }

        fun slashed(path: Path): String = path.joinToString("/")
    }
}
