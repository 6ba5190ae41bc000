package dev.sparring.ui

import dev.sparring.report.PageParts
import io.ktor.http.ContentType

/** The style sheets and scripts of the pages; nothing else can be asked for. */
internal class Assets {
    class Asset(val bytes: ByteArray, val type: ContentType)

    private val all =
        mapOf(
            "report.css" to Asset(PageParts.style.toByteArray(), ContentType.Text.CSS),
            "pictures.js" to Asset(PageParts.pictures.toByteArray(), SCRIPT),
            "uplot.css" to Asset(ofPlot("uPlot.min.css"), ContentType.Text.CSS),
            "uplot.js" to Asset(ofPlot("uPlot.iife.min.js"), SCRIPT),
            "icon.svg" to Asset(own("icon.svg"), ContentType.Image.SVG),
            "ui.css" to Asset(own("ui.css"), ContentType.Text.CSS),
        ) + SCRIPTS.associateWith { Asset(own(it), SCRIPT) }

    fun find(name: String): Asset? = all[name]

    private fun own(name: String) = bytes("/dev/sparring/ui/$name")

    private fun ofPlot(name: String): ByteArray {
        val facts = "/META-INF/maven/org.webjars.npm/uplot/pom.properties"
        val version = bytes(facts).decodeToString().lines().first { it.startsWith("version=") }
        return bytes(
            "/META-INF/resources/webjars/uplot/${version.substringAfter('=').trim()}/dist/$name"
        )
    }

    private fun bytes(name: String): ByteArray =
        checkNotNull(Assets::class.java.getResourceAsStream(name)) { "no resource $name" }
            .use { it.readAllBytes() }

    private companion object {
        val SCRIPT = ContentType("text", "javascript")
        val SCRIPTS =
            listOf("runs.js", "lines.js", "choose.js", "curves.js", "run.js", "explore.js")
    }
}
