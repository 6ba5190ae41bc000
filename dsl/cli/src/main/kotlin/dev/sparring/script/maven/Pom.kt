package dev.sparring.script.maven

import org.w3c.dom.Element
import org.w3c.dom.Node

/** A POM with its parents. */
internal class Pom(private val root: Element, private val own: Artifact, private val poms: Poms) {
    private val parent: Pom? =
        root.child("parent")?.let {
            poms.of(Artifact(it.text("groupId"), it.text("artifactId"), it.text("version")))
        }

    private val properties: Map<String, String> =
        parent?.properties.orEmpty() +
            root.child("properties")?.children().orEmpty().associate {
                it.tagName to it.textContent.trim()
            } +
            mapOf(
                "project.groupId" to own.group,
                "project.artifactId" to own.name,
                "project.version" to own.version,
                "pom.groupId" to own.group,
                "pom.version" to own.version,
                "version" to own.version,
            ) +
            parent
                ?.own
                ?.let {
                    mapOf(
                        "project.parent.groupId" to it.group,
                        "project.parent.version" to it.version,
                    )
                }
                .orEmpty()

    /** Those of the POM and its parents, which a POM further down may replace. */
    private val managed: Map<String, Managed> by lazy {
        val inherited = parent?.managed.orEmpty()
        val mine = LinkedHashMap<String, Managed>()
        val entries =
            root.child("dependencyManagement")?.child("dependencies")?.children().orEmpty()
        for (entry in entries) {
            val (group, name) = filled(entry, "groupId") to filled(entry, "artifactId")
            if (filled(entry, "scope") == "import") {
                val bom = poms.of(Artifact(group, name, version(entry, "$group:$name")))
                bom.managed.forEach { (key, value) -> mine.putIfAbsent(key, value) }
            } else {
                mine[key(entry)] = Managed(entry, this)
            }
        }
        inherited + mine
    }

    /** An entry with the POM whose properties it uses. */
    private class Managed(val element: Element, val pom: Pom)

    /** What its jar needs when it runs. */
    fun dependencies(): List<Dependency> = all().filter { it.scope in RUNTIME && !it.isOptional }

    private fun all(): List<Dependency> {
        val mine = root.child("dependencies")?.children().orEmpty().mapNotNull(::dependency)
        val names = mine.map { it.artifact.key }.toSet()
        return mine + parent?.inherited(this).orEmpty().filter { it.artifact.key !in names }
    }

    /** Its dependencies as a child has them, with the child's properties and managed versions. */
    private fun inherited(child: Pom): List<Dependency> =
        root.child("dependencies")?.children().orEmpty().mapNotNull(child::dependency) +
            parent?.inherited(child).orEmpty()

    private fun dependency(entry: Element): Dependency? {
        val managed = managed[key(entry)]
        fun setting(name: String): String =
            filled(entry, name).ifEmpty { managed?.pom?.filled(managed.element, name).orEmpty() }
        val scope = setting("scope").ifEmpty { "compile" }
        val isOptional = setting("optional") == "true"
        val type = filled(entry, "type").ifEmpty { "jar" }
        // Of what is left out, nothing has to be known.
        if (scope !in RUNTIME || isOptional || type !in JARS) return null
        val (group, name) = filled(entry, "groupId") to filled(entry, "artifactId")
        val version = plain(setting("version"), "$group:$name")
        val artifact = Artifact(group, name, version, filled(entry, "classifier"))
        if (!Artifact.isSafe(artifact)) {
            throw PomException("the POM of $own asks for '$artifact', which are no coordinates")
        }
        return Dependency(
            artifact,
            scope,
            isOptional,
            exclusions(entry) + managed?.pom?.exclusions(managed.element).orEmpty(),
        )
    }

    private fun exclusions(entry: Element): Set<String> =
        entry
            .child("exclusions")
            ?.children()
            .orEmpty()
            .map { "${filled(it, "groupId")}:${filled(it, "artifactId")}" }
            .toSet()

    private fun version(entry: Element, what: String) = plain(filled(entry, "version"), what)

    private fun plain(version: String, what: String): String {
        EXACT.matchEntire(version)?.let {
            return it.groupValues[1]
        }
        if (version.isEmpty()) throw PomException("the POM of $own has no version of $what")
        if (version[0] in "[(" || "\${" in version) {
            throw PomException(
                "the POM of $own has '$version' as the version of $what; DependsOn it too"
            )
        }
        return version
    }

    private fun key(entry: Element): String =
        listOf("groupId", "artifactId", "classifier")
            .map { filled(entry, it) }
            .filter { it.isNotEmpty() }
            .joinToString(":")

    private fun filled(entry: Element, name: String): String {
        var text = entry.child(name)?.textContent.orEmpty().trim()
        // A property may hold others.
        repeat(DEEPEST) {
            text = PROPERTY.replace(text) { properties[it.groupValues[1]] ?: it.value }
        }
        return text
    }

    private companion object {
        const val DEEPEST = 8
        val RUNTIME = listOf("compile", "runtime")
        val JARS = listOf("jar", "bundle")
        val PROPERTY = Regex("\\$\\{([^}]+)}")
        val EXACT = Regex("\\[([^,\\[\\]]+)]")

        fun Element.children(): List<Element> =
            (0 until childNodes.length)
                .map { childNodes.item(it) }
                .filter { it.nodeType == Node.ELEMENT_NODE }
                .map { it as Element }

        fun Element.child(name: String): Element? = children().find { it.tagName == name }

        fun Element.text(name: String): String = child(name)?.textContent.orEmpty().trim()
    }
}
