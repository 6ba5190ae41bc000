package dev.sparring.script

/** What the annotations of a script ask for. */
internal class ScriptHeader(val asked: List<Asked>) {
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
            val code = ScriptText(text).code
            return ScriptHeader(
                ANNOTATION.findAll(code)
                    .flatMap { found ->
                        val kind = Kind.entries.first { it.annotation == found.groupValues[1] }
                        val range = found.groups[2]!!.range
                        VALUE.findAll(whole.substring(range)).map { value ->
                            val at = range.first + value.range.first
                            val line = whole.take(at).count { it == '\n' } + 1
                            val column = at - whole.lastIndexOf('\n', at - 1)
                            Asked(kind, value.groupValues[1], line, column)
                        }
                    }
                    .toList()
            )
        }
    }
}
