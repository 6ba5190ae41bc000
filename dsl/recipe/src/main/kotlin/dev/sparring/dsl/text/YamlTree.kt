package dev.sparring.dsl.text

import dev.sparring.dsl.RecipeSyntaxException
import it.krzeminski.snakeyaml.engine.kmp.api.LoadSettings
import it.krzeminski.snakeyaml.engine.kmp.api.lowlevel.Parse
import it.krzeminski.snakeyaml.engine.kmp.exceptions.MarkedYamlEngineException
import it.krzeminski.snakeyaml.engine.kmp.exceptions.YamlVersionException

/** Parses YAML, and JSON as the part of YAML that it is. */
internal object YamlTree {
    /** The most characters of a text; the parser has the same limit. */
    const val LONGEST = 3 * 1024 * 1024

    const val EMPTY = "the file is empty; a recipe has at least data, generator and discriminator"

    /**
     * The tree of a text.
     *
     * @throws RecipeSyntaxException if it is not YAML, or nothing is in it
     */
    fun parse(text: String, source: String): Node =
        parseOrNull(text, source)
            ?: throw RecipeSyntaxException(listOf(problem(Place(source, 1, 1), "", EMPTY)))

    /**
     * The tree of a text, or null if there is nothing in it but comments.
     *
     * @throws RecipeSyntaxException if it is not YAML
     */
    fun parseOrNull(text: String, source: String): Node? {
        checkLength(text.length.toLong(), "characters", source)
        val clean = text.removePrefix("\uFEFF")
        checkPrintable(clean, source)
        checkComments(clean, source)
        val events = Events(source, Parse(LoadSettings()).parse(clean).iterator())
        return try {
            YamlComposer(events).document()
        } catch (e: RecipeSyntaxException) {
            throw e
        } catch (e: MarkedYamlEngineException) {
            throw at(e.problemMark?.let(events::place) ?: events.last, plain(e.problem))
        } catch (e: YamlVersionException) {
            throw at(
                    directive(clean, source),
                    "this version of YAML is not known; leave the line out",
                )
                .apply { initCause(e) }
        } catch (e: RuntimeException) {
            // The parser promises exceptions of its own, and has others for some malformed texts.
            throw at(events.last, "cannot be read as YAML: ${e.message ?: e}").apply {
                initCause(e)
            }
        }
    }

    /** @throws RecipeSyntaxException if a text is longer than any recipe */
    fun checkLength(length: Long, unit: String, source: String) {
        if (length <= LONGEST) return
        throw RecipeSyntaxException(
            source,
            "has %,d %s; a text of a recipe has %,d characters at most"
                .format(length, unit, LONGEST),
        )
    }

    // The parser refuses these too, but without a place.
    private fun checkPrintable(text: String, source: String) {
        val found = UNPRINTABLE.find(text)?.range?.first ?: return
        val problem = "the character U+%04X cannot stand in YAML".format(text[found].code)
        throw at(placeOf(found, text, source), problem)
    }

    // The parser takes time with the square of a comment's length.
    private fun checkComments(text: String, source: String) {
        var start = 0
        while (start < text.length) {
            val end = text.indexOf('\n', start).let { if (it < 0) text.length else it }
            val sign =
                if (end - start <= LONGEST_COMMENT) -1
                else
                    (start until end - LONGEST_COMMENT).firstOrNull {
                        text[it] == '#' && (it == start || text[it - 1].isWhitespace())
                    } ?: -1
            if (sign >= 0) {
                val problem = "a comment of more than %,d characters; break it into lines"
                throw at(placeOf(sign, text, source), problem.format(LONGEST_COMMENT))
            }
            start = end + 1
        }
    }

    private const val LONGEST_COMMENT = 20_000

    /** Lone halves of surrogate pairs are among these. */
    private val UNPRINTABLE =
        Regex(
            "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ud800-\\udfff\\ufffe\\uffff]"
        )

    private fun directive(text: String, source: String): Place =
        placeOf(DIRECTIVE.find(text)?.range?.first ?: 0, text, source)

    private val DIRECTIVE = Regex("^%YAML", RegexOption.MULTILINE)

    private fun at(place: Place, text: String) =
        RecipeSyntaxException(listOf(problem(place, "", text)))

    private fun plain(message: String): String =
        when {
            "(TAB)" in message -> "a tab; indent with spaces"
            message.startsWith("mapping values are not allowed") ->
                "$message (is the indentation level of this line or a line nearby incorrect?)"
            else -> message.lines().first().replaceFirstChar(Char::lowercase).removeSuffix(".")
        }
}

/** The line and the column, in code points, of a character. */
internal fun placeOf(index: Int, text: String, source: String): Place {
    val line = text.substring(0, index).count { it == '\n' } + 1
    val lineStart = text.lastIndexOf('\n', index - 1) + 1
    return Place(source, line, text.codePointCount(lineStart, index) + 1)
}
