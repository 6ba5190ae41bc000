package dev.sparring.report

import java.net.URI
import java.nio.file.Path
import kotlin.io.path.exists
import kotlinx.html.FlowOrPhrasingContent
import kotlinx.html.a

/** The address of a file from a page's folder, so that both can be moved together. */
internal fun link(folder: Path, file: Path): String {
    val from = folder.toAbsolutePath().normalize()
    val to = file.toAbsolutePath().normalize()
    if (from.root != to.root) return to.toUri().toString()
    return from.relativize(to).joinToString("/") { URI(null, null, "/$it", null).rawPath.drop(1) }
}

/** A link to the report that a run has of its own; without one, only [otherwise]. */
internal fun FlowOrPhrasingContent.ownReport(
    folder: Path,
    run: Path,
    text: String,
    otherwise: String,
) {
    val file = run.resolve(Reports.FILE)
    if (file.exists()) a(link(folder, file)) { +text } else +otherwise
}
