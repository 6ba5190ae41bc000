package dev.sparring.script

import dev.sparring.dsl.suggestion

/** Adds to the compiler's messages which known word a mistyped one most likely means. */
internal class ScriptHints(private val text: ScriptText) {
    /** The message about a place of the script, with a hint if there is one. */
    fun with(message: String, line: Int, column: Int): String {
        val before = text.before(line, column)
        UNRESOLVED.matchEntire(message)?.let { (_, typed) ->
            return "Unresolved reference '$typed'" + (reference(typed, before) ?: ".")
        }
        NO_SETTING.matchEntire(message)?.let { (_, typed) ->
            return "No parameter with name '$typed' found" + (setting(typed, before) ?: ".")
        }
        return message
    }

    private operator fun MatchResult.component1() = value

    private operator fun MatchResult.component2() = groupValues[1]

    private fun reference(typed: String, before: String): String? {
        val receiver = RECEIVER.find(before)
        if (receiver != null) {
            val type = ScriptWords.types[receiver.groupValues[1]] ?: return null
            return didYouMean(typed, ScriptWords.inside(type))
        }
        val scope = scope(before)
        if (typed[0].isUpperCase()) return didYouMean(typed, ScriptWords.types.keys + text.declared)
        return elsewhere(typed) ?: didYouMean(typed, ScriptWords.of(scope) + text.declared)
    }

    /** A word that is right, in another block. */
    private fun elsewhere(typed: String): String? {
        val blocks = ScriptWords.blocks.filterValues { typed in ScriptWords.own(it) }.keys
        if (blocks.isEmpty()) return null
        return "; it is a word of " + blocks.take(MOST).joinToString(" or ") { "$it { }" }
    }

    private fun setting(typed: String, before: String): String? {
        val function = open(before, '(', ')').lastOrNull()?.let(::word) ?: return null
        return didYouMean(typed, ScriptWords.settings(function, scope(before)))
    }

    private fun didYouMean(typed: String, known: Collection<String>): String? =
        suggestion(typed, known)?.let { ", did you mean '$it'?" }

    /** The scope of the innermost block of the DSL around a place. */
    private fun scope(before: String): Class<*>? =
        open(before, '{', '}').asReversed().firstNotNullOfOrNull { head ->
            EXTENSION.find(head)?.let { ScriptWords.types[it.groupValues[1]] }
                ?: word(head)?.let(ScriptWords.blocks::get)
        }

    /** The code before each bracket that is open at the end. */
    private fun open(code: String, opening: Char, closing: Char): List<String> {
        val open = ArrayDeque<Int>()
        code.forEachIndexed { i, c ->
            if (c == opening) open.addLast(i)
            if (c == closing) open.removeLastOrNull()
        }
        return open.map { code.take(it) }
    }

    /** The word that is called at the end of some code, before its brackets if it has some. */
    private fun word(head: String): String? {
        var end = head.trimEnd()
        if (end.endsWith(')')) {
            var depth = 0
            val start =
                end.indices.reversed().firstOrNull {
                    if (end[it] == ')') depth++
                    if (end[it] == '(') depth--
                    depth == 0
                } ?: return null
            end = end.take(start)
        }
        return WORD.find(end)?.value
    }

    private companion object {
        /** How many of the blocks that know a word are named. */
        const val MOST = 2
        val UNRESOLVED = Regex("Unresolved reference '(\\w+)'\\.?")
        val NO_SETTING = Regex("No parameter with name '(\\w+)' found\\.?")
        val RECEIVER = Regex("(\\w+|[)\\]}])\\s*\\??\\.\\s*$")
        val WORD = Regex("\\w+$")

        /** `fun LayersScope.down(n: Int): Unit` before its brace. */
        val EXTENSION = Regex("fun\\s+(\\w+)\\.\\w+\\s*\\([^{}]*\\)[^{};\\n]*$")
    }
}
