package dev.sparring.script.maven

/** The coordinates of a jar in a Maven repository. */
internal data class Artifact(
    val group: String,
    val name: String,
    val version: String,
    val classifier: String = "",
) {
    /** What two versions of one artifact have in common. */
    val key: String
        get() = listOf(group, name, classifier).filter { it.isNotEmpty() }.joinToString(":")

    /** Its file in a repository. */
    fun path(ending: String, classifier: String = ""): String {
        val more = if (classifier.isEmpty()) "" else "-$classifier"
        return "${group.replace('.', '/')}/$name/$version/$name-$version$more.$ending"
    }

    override fun toString(): String =
        listOf(group, name, classifier, version).filter { it.isNotEmpty() }.joinToString(":")

    companion object {
        private val PART = Regex("[A-Za-z0-9_][A-Za-z0-9_.+-]*")

        /** `group:artifact:version` or `group:artifact:classifier:version`; else null. */
        fun parse(text: String): Artifact? {
            val parts = text.split(':')
            if (parts.any { !PART.matches(it) }) return null
            return when (parts.size) {
                3 -> Artifact(parts[0], parts[1], parts[2])
                4 -> Artifact(parts[0], parts[1], parts[3], parts[2])
                else -> null
            }
        }

        /** Whether all parts are names: they become paths, and a POM may be a stranger's. */
        fun isSafe(artifact: Artifact): Boolean =
            listOf(artifact.group, artifact.name, artifact.version).all(PART::matches) &&
                (artifact.classifier.isEmpty() || PART.matches(artifact.classifier))
    }
}

/**
 * An artifact that a repository lacks, or cannot say.
 *
 * @property root which of the asked artifacts needs it
 */
internal class ArtifactException(val root: Int, message: String) : Exception(message)
