package dev.sparring.dsl.text

import com.github.therapi.runtimejavadoc.Comment
import com.github.therapi.runtimejavadoc.CommentElement
import com.github.therapi.runtimejavadoc.CommentText
import com.github.therapi.runtimejavadoc.InlineLink
import com.github.therapi.runtimejavadoc.InlineTag
import com.github.therapi.runtimejavadoc.RuntimeJavadoc
import java.util.concurrent.ConcurrentHashMap

/**
 * What a type of the model means: its Javadoc, which core's build leaves beside its classes. Code
 * in it stands between backticks.
 */
internal class Meaning(private val type: Class<*>) {
    private val javadoc = RuntimeJavadoc.getJavadoc(type)
    private val settings =
        javadoc.recordComponents.associate { it.name to paragraphs(it.comment).joinToString(" ") }

    /** What the Javadoc says to users of a word: apart from its tags, and from how to write one. */
    val paragraphs: List<String> =
        paragraphs(javadoc.comment).takeWhile { !it.startsWith(WRITE_YOUR_OWN) }

    /** The first sentence; null where there is no Javadoc. */
    val sentence: String? = paragraphs.firstOrNull()?.let(::firstSentence)

    /** The papers that the Javadoc names, without `arXiv:`. */
    val papers: List<String> =
        paragraphs.flatMap { ARXIV.findAll(it) }.map { it.groupValues[1] }.distinct()

    /** What a setting is for, which begins with a small letter and ends without a period. */
    fun setting(name: String): String? = settings[name]?.takeIf { it.isNotEmpty() }

    /** What a constant of an enum means: its first paragraph; null where there is no Javadoc. */
    fun constant(constant: Enum<*>): String? =
        paragraphs(RuntimeJavadoc.getJavadoc(constant).comment).firstOrNull()

    override fun toString(): String = type.simpleName

    companion object {
        /** The number of a paper on arXiv, after `arXiv:`. */
        val ARXIV: Regex = Regex("arXiv:(\\d{4}\\.\\d{4,5}|[a-z-]+/\\d{7})")
    }
}

private val known = ConcurrentHashMap<Class<*>, Meaning>()

/** What a type of the model means. */
internal fun meaning(type: Class<*>): Meaning = known.computeIfAbsent(type, ::Meaning)

/** Begins the part of a Javadoc that is for programmers. */
private const val WRITE_YOUR_OWN = "Write your own."

private fun paragraphs(comment: Comment?): List<String> =
    comment
        ?.joinToString("", transform = ::inline)
        ?.split(PARAGRAPH)
        ?.map { it.replace(BLANKS, " ").trim() }
        ?.filter { it.isNotEmpty() } ?: emptyList()

private fun inline(element: CommentElement): String =
    when (element) {
        is CommentText -> unescaped(element.value.replace(HTML, ""))
        is InlineLink -> element.link.label.removePrefix("#").replace('#', '.')
        is InlineTag -> tag(element.name, element.value.trim().replace(BLANKS, " "))
        else -> error("Javadoc with ${element.javaClass.simpleName}")
    }

private fun tag(name: String, value: String): String =
    if (name.startsWith("link")) value.substringAfter(' ') else "`$value`"

private fun unescaped(html: String): String =
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

/** Up to the first period outside of brackets before a blank and a capital letter. */
private fun firstSentence(paragraph: String): String {
    var open = 0
    paragraph.forEachIndexed { i, c ->
        // Half-open intervals such as [0, 1) mix brackets.
        if (c in "([") open++
        if (c in ")]") open--
        val rest = paragraph.substring(i + 1)
        if (c == '.' && open == 0 && NEXT_SENTENCE.containsMatchIn(rest)) {
            return paragraph.substring(0, i + 1)
        }
    }
    // A list or a drawing follows.
    return if (paragraph.endsWith(':')) paragraph.dropLast(1) + "." else paragraph
}

private val PARAGRAPH = Regex("<p>|<ul>|<li>|<pre>")
private val HTML = Regex("(?!<p>|<ul>|<li>|<pre>)</?[a-z]+[^>]*>")
private val BLANKS = Regex("\\s+")
private val NEXT_SENTENCE = Regex("^\\s+\\p{Lu}")
