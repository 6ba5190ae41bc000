package dev.sparring.script

import dev.sparring.dsl.CallSite

/** The text of a script, in which calls are found. */
internal class ScriptText(text: String) {
    /** The code alone: comments and texts are blanks, so that columns stay. */
    val code: String = masked(text)

    private val lines: List<String> = code.lines()

    /** The column of a call, from 1; null if the line does not say which one it is. */
    fun column(call: CallSite): Int? {
        val columns = columns(call.line, call.word)
        return if (columns.size == call.count) columns.getOrNull(call.index)
        else columns.singleOrNull()
    }

    /** The columns in which a line calls a word. */
    fun columns(line: Int, word: String): List<Int> {
        val code = lines.getOrNull(line - 1) ?: return emptyList()
        val calls = if (word == "+") UNARY_PLUS else Regex("(?<!\\w)(${Regex.escape(word)})$CALL")
        return calls.findAll(code).map { it.groups[1]!!.range.first + 1 }.toList()
    }

    /** The code before a place. */
    fun before(line: Int, column: Int): String =
        lines.take(line - 1).joinToString("") { "$it\n" } +
            lines.getOrElse(line - 1) { "" }.take(column - 1)

    /** Whether a name is declared anywhere in the script. */
    val declared: Set<String> by lazy {
        lines.flatMap { line -> DECLARED.findAll(line).map { it.groupValues[1] } }.toSet()
    }

    private companion object {
        const val CALL = "(?=\\s*[({<]|\\s*=(?!=))"
        val UNARY_PLUS = Regex("(?:^|[;{>])\\s*(\\+)")
        val DECLARED = Regex("(?:val|var|fun|class|object)\\s+(?:[A-Z]\\w*\\.)?(\\w+)")

        /** What is no code. The first that matches at a place counts, as for the compiler. */
        val NO_CODE =
            Regex(
                "//[^\\n]*|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])[^'\\n]*'",
                RegexOption.DOT_MATCHES_ALL,
            )

        fun masked(text: String) =
            NO_CODE.replace(text.replace("\r\n", "\n")) { found ->
                found.value.map { if (it == '\n') it else ' ' }.joinToString("")
            }
    }
}
