package dev.sparring.script.maven

import java.nio.file.Files
import java.nio.file.Path

/**
 * Folders in the layout of a Maven repository, in which artifacts are found with all that they
 * need. Nothing is downloaded.
 *
 * Maven's own resolver would bring some forty jars and its network with it; this reads what POMs
 * say about dependencies: parents, properties, managed versions, imported BOMs, exclusions, scopes.
 * Profiles and version ranges are not followed: a range is refused.
 */
internal class LocalRepository(private val folders: List<Path>) {
    private val poms = Poms(::find)

    private class Wanted(
        val artifact: Artifact,
        val root: Int,
        val excluded: Set<String>,
        val by: List<Artifact>,
    )

    /**
     * The jars of some artifacts and of what they need: of several versions of one artifact the
     * nearest, of equally near ones the first, as Maven has it.
     *
     * @throws ArtifactException if one is missing
     */
    fun resolve(asked: List<Artifact>): Map<Artifact, Path> {
        val jars = LinkedHashMap<Artifact, Path>()
        val seen = HashSet<String>()
        val queue = ArrayDeque(asked.mapIndexed { i, it -> Wanted(it, i, emptySet(), emptyList()) })
        while (queue.isNotEmpty()) {
            val next = queue.removeFirst()
            val artifact = next.artifact
            if (!seen.add(artifact.key)) continue
            try {
                jars[artifact] =
                    find(artifact.path("jar", artifact.classifier)) ?: throw missing(artifact)
                for (needed in poms.of(artifact).dependencies()) {
                    if (isIncluded(needed, next.excluded)) {
                        val excluded = next.excluded + needed.exclusions
                        queue += Wanted(needed.artifact, next.root, excluded, next.by + artifact)
                    }
                }
            } catch (e: PomException) {
                val chain = next.by.joinToString("") { ", needed by $it" }
                throw ArtifactException(next.root, "${e.message}$chain").apply { initCause(e) }
            }
        }
        return jars
    }

    private fun isIncluded(needed: Dependency, excluded: Set<String>): Boolean {
        val (group, name) = needed.artifact
        val isExcluded = listOf("$group:$name", "$group:*", "*:$name", "*:*").any { it in excluded }
        return !isExcluded && group != OWN && !(group == KOTLIN && name.startsWith("kotlin-stdlib"))
    }

    private fun find(path: String): Path? =
        folders.map { it.resolve(path) }.firstOrNull(Files::isRegularFile)

    private fun missing(artifact: Artifact): PomException {
        val where = folders.joinToString(" or ")
        return PomException(
            "no jar of $artifact in $where; mvn dependency:get -Dartifact=${
                listOf(artifact.group, artifact.name, artifact.version).joinToString(":")
            } downloads it"
        )
    }

    companion object {
        /** These are on the class path of every script already. */
        private const val OWN = "dev.sparring"
        private const val KOTLIN = "org.jetbrains.kotlin"

        /** The folder of `maven.repo.local`, or `~/.m2/repository`. */
        fun standard(): Path =
            System.getProperty("maven.repo.local")?.let(Path::of)
                ?: Path.of(System.getProperty("user.home"), ".m2", "repository")
    }
}
