package dev.sparring.dsl.text

import com.charleskorn.kaml.AnchorsAndAliases
import com.charleskorn.kaml.Yaml
import com.charleskorn.kaml.YamlConfiguration
import com.charleskorn.kaml.YamlException
import com.charleskorn.kaml.YamlList
import com.charleskorn.kaml.YamlMap
import com.charleskorn.kaml.YamlNode
import com.charleskorn.kaml.YamlNull
import com.charleskorn.kaml.YamlScalar
import com.charleskorn.kaml.YamlTaggedNode
import dev.sparring.dsl.PlacedProblem
import dev.sparring.dsl.RecipeSyntaxException

/** Parses YAML, and JSON as the part of YAML that it is. */
internal object YamlTree {
    private val yaml =
        Yaml(configuration = YamlConfiguration(anchorsAndAliases = AnchorsAndAliases.Permitted()))

    /**
     * The tree of a text.
     *
     * @throws RecipeSyntaxException if it is not YAML
     */
    fun parse(text: String, source: String): Node {
        val clean = text.removePrefix("\uFEFF")
        checkPrintable(clean, source)
        val root =
            try {
                yaml.parseToYamlNode(clean)
            } catch (e: YamlException) {
                throw notYaml(e, clean, source)
            }
        return Converter(source, clean.lines()).convert(root)
    }

    // The parser below kaml refuses these too, but without a place.
    private fun checkPrintable(text: String, source: String) {
        val at = UNPRINTABLE.find(text)?.range?.first ?: return
        val line = text.substring(0, at).count { it == '\n' } + 1
        val lineStart = text.lastIndexOf('\n', at) + 1
        val column = text.codePointCount(lineStart, at) + 1
        val problem = "the character U+%04X cannot stand in YAML".format(text[at].code)
        throw RecipeSyntaxException(listOf(PlacedProblem(source, line, column, "", problem)))
    }

    private val UNPRINTABLE =
        Regex("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ufffe\\uffff]")

    /** A tree that kaml has parsed itself. */
    fun of(node: YamlNode, source: String): Node = Converter(source, emptyList()).convert(node)

    private fun notYaml(e: YamlException, text: String, source: String): RecipeSyntaxException {
        // kaml's message has several lines with an excerpt; the problem is on the first, or after
        // the context.
        val lines = e.message.lines().map { it.trim() }
        val what = lines.lastOrNull { "expected" in it && "got" in it } ?: lines.first()
        val (line, column) = e.location
        // kaml reports the last line of the first document.
        val at =
            if (column > 0) line else text.lines().indexOfFirst(after = line) { "---" in it } + 1
        val problem = PlacedProblem(source, at, column.coerceAtLeast(1), "", plain(what))
        return RecipeSyntaxException(listOf(problem))
    }

    private fun List<String>.indexOfFirst(after: Int, found: (String) -> Boolean): Int =
        (after until size).firstOrNull { found(this[it]) } ?: (after - 1)

    private fun plain(message: String): String =
        when {
            message.startsWith("The YAML document is empty") ->
                "the file is empty; a recipe has at least data, generator and discriminator"
            message.startsWith("Duplicate key") -> message.replaceFirstChar(Char::lowercase)
            "(TAB)" in message -> "a tab; indent with spaces"
            message.startsWith("Unexpected DocumentStart") ->
                "a second document ('---'); a file holds one recipe"
            else -> message.replaceFirstChar(Char::lowercase)
        }.removeSuffix(".")
}

private class Converter(private val source: String, private val lines: List<String>) {
    fun convert(node: YamlNode): Node =
        when (node) {
            is YamlMap ->
                Fields(
                    node.entries.entries.associate { (key, value) ->
                        key.content to convert(value)
                    },
                    place(node),
                    node.entries.keys.associate { it.content to place(it) },
                )
            is YamlList -> Items(node.items.map(::convert), place(node))
            is YamlScalar -> Leaf(node.content, quoted(node), place(node))
            is YamlNull -> Absent(place(node))
            is YamlTaggedNode -> throw tagged(node)
        }

    private fun place(node: YamlNode) =
        Place(source, node.location.line, node.location.column.coerceAtLeast(1))

    // kaml does not report the place, so it is found in the text; columns count code points.
    private fun quoted(node: YamlScalar): Boolean {
        val line = lines.getOrNull(node.location.line - 1) ?: return false
        val before = node.location.column - 1
        if (before !in 0 until line.codePointCount(0, line.length)) return false
        return line[line.offsetByCodePoints(0, before)] in "\"'|>"
    }

    private fun tagged(node: YamlTaggedNode): RecipeSyntaxException {
        val at = place(node)
        val text = "a tag (${node.tag}); recipes name a type by '$TYPE: ...'"
        return RecipeSyntaxException(listOf(PlacedProblem(source, at.line, at.column, "", text)))
    }
}
