package dev.sparring.script.maven

import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import javax.xml.parsers.DocumentBuilderFactory
import javax.xml.parsers.ParserConfigurationException
import org.w3c.dom.Element
import org.xml.sax.SAXException

/** Something a POM asks for. */
internal class Dependency(
    val artifact: Artifact,
    val scope: String,
    val isOptional: Boolean,
    val exclusions: Set<String>,
)

/** What is wrong with a POM, or missing. */
internal class PomException(message: String, cause: Throwable? = null) : Exception(message, cause)

/** Reads POMs, each once. */
internal class Poms(private val find: (String) -> Path?) {
    private val known = mutableMapOf<Artifact, Pom>()
    private val open = mutableSetOf<Artifact>()

    /** @throws PomException if it is missing, damaged, or its parent is */
    fun of(artifact: Artifact): Pom {
        val plain = artifact.copy(classifier = "")
        known[plain]?.let {
            return it
        }
        if (!Artifact.isSafe(plain)) throw PomException("'$plain' are no coordinates")
        if (!open.add(plain)) throw PomException("$plain is its own parent")
        val file = find(plain.path("pom")) ?: throw PomException("no POM of $plain is there")
        val pom = Pom(read(file), plain, this)
        open -= plain
        known[plain] = pom
        return pom
    }

    private fun read(file: Path): Element =
        try {
            val factory = DocumentBuilderFactory.newInstance()
            // A POM has no document type; one that has could name other files.
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true)
            factory.isXIncludeAware = false
            val builder = factory.newDocumentBuilder()
            builder.setErrorHandler(null)
            Files.newInputStream(file).use { builder.parse(it).documentElement }
        } catch (e: SAXException) {
            throw PomException("$file is no POM: ${e.message}", e)
        } catch (e: ParserConfigurationException) {
            throw PomException("$file cannot be read: ${e.message}", e)
        } catch (e: IOException) {
            throw PomException("$file cannot be read: ${e.message}", e)
        }
}
