package dev.sparring.script

/**
 * What the annotations of a script ask for.
 *
 * @property unclear the first that would have to be evaluated
 */
internal class ScriptHeader(val asked: List<Asked>, val unclear: Asked?) {
    enum class Kind(val annotation: String) {
        DEPENDS_ON("DependsOn"),
        REPOSITORY("Repository"),
        IMPORT("Import"),
    }

    /** One value of an annotation, and where it stands. */
    data class Asked(val kind: Kind, val value: String, val line: Int, val column: Int)

    fun values(kind: Kind): List<String> = asked.filter { it.kind == kind }.map { it.value }

    companion object {
        private val ANNOTATION =
            Regex("@file\\s*:\\s*(?:[\\w.]+\\.)?(DependsOn|Repository|Import)\\s*\\(([^)]*)\\)")

        /** Plain texts: one with an escape or a template would have to be evaluated. */
        private val VALUE = Regex("\"([^\"\\\\$\\n]*)\"")

        /** Reads the plain form; the compiler says later whether that was all. */
        fun of(text: String): ScriptHeader {
            val whole = text.replace("\r\n", "\n")
            val found = ANNOTATION.findAll(ScriptText(text).code).toList()
            val asked =
                found.flatMap { annotation ->
                    val range = annotation.groups[2]!!.range
                    VALUE.findAll(whole.substring(range)).map { value ->
                        asked(
                            whole,
                            annotation,
                            range.first + value.range.first,
                            value.groupValues[1],
                        )
                    }
                }
            val unclear = found.firstOrNull { code -> code.groupValues[2].any { it !in " ,\n\t" } }
            return ScriptHeader(
                asked,
                unclear?.let {
                    val range = it.groups[2]!!.range
                    asked(whole, it, range.first, whole.substring(range))
                },
            )
        }

        private fun asked(whole: String, annotation: MatchResult, at: Int, value: String): Asked {
            val line = whole.take(at).count { it == '\n' } + 1
            val column = at - whole.lastIndexOf('\n', at - 1)
            val kind = Kind.entries.first { it.annotation == annotation.groupValues[1] }
            return Asked(kind, value, line, column)
        }
    }
}
