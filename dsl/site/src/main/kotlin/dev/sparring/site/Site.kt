package dev.sparring.site

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.copyTo
import kotlin.io.path.createDirectories
import kotlin.io.path.deleteRecursively
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** The documentation of a project: a page for each of its Markdown files, and what they lead to. */
internal class Site(private val root: Path) {
    /**
     * Writes it; nothing is written if a link is broken.
     *
     * @return how many pages it has
     * @throws BrokenLinks if links lead nowhere
     */
    @OptIn(ExperimentalPathApi::class)
    fun write(out: Path): Int {
        val pages = Sources.below(root).map { MarkdownPage(it, root.resolve(it).readText()) }
        val links = Links(root, pages)
        val problems = pages.flatMap(links::follow)
        if (problems.isNotEmpty()) throw BrokenLinks(problems)
        val html = PageHtml(pages)
        if (out.exists()) out.deleteRecursively()
        pages.forEach { write(out, it.place, html.of(it)) }
        for (folder in links.folders) {
            val place = folder.resolve("index.html")
            write(out, place, html.ofFolder(place, folder, contents(folder, pages, links)))
        }
        for (file in links.files) {
            val copy = out.resolve("$file")
            copy.parent.createDirectories()
            root.resolve(file).copyTo(copy)
        }
        return pages.size
    }

    /** The names in a folder, each with its place in the site or null. */
    private fun contents(
        folder: Path,
        pages: List<MarkdownPage>,
        links: Links,
    ): Map<String, Path?> {
        val places = pages.associate { it.source to it.place }
        return root
            .resolve(folder)
            .listDirectoryEntries()
            .filterNot { it.name.startsWith(".") || it.name == "target" }
            .sortedBy { it.name }
            .associate { entry ->
                val path = folder.resolve(entry.name)
                val isFolder = Files.isDirectory(entry)
                val place =
                    places[path]
                        ?: places[path.resolve(MarkdownPage.README)]
                        ?: path.takeIf { it in links.files }
                        ?: path.resolve("index.html").takeIf { path in links.folders }
                entry.name + (if (isFolder) "/" else "") to place
            }
    }

    private fun write(out: Path, place: Path, html: String) {
        val file = out.resolve("$place")
        file.parent.createDirectories()
        file.writeText(html)
    }
}
