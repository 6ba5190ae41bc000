package dev.sparring.dsl

import dev.sparring.setting.Shown

/** A problem in a text and its place. */
public data class PlacedProblem(
    /** The file or other source of the text; empty if unknown. */
    val source: String,
    /** The line, from 1, or null if there is none. */
    val line: Int?,
    /** The column, from 1, or null if there is none. */
    val column: Int?,
    /** The setting, e.g. `generator.layers.3.filters`; empty for the whole text. */
    val path: String,
    /** What is wrong and what would be right, in one line. */
    val text: String,
) {
    /**
     * `file:line:column: path: text`, without the parts that are not known, on one line that can be
     * printed: [Shown.line].
     */
    override fun toString(): String {
        val place = listOfNotNull(source, line, column).joinToString(":")
        return Shown.line(listOf(place, path, text).filter { it.isNotEmpty() }.joinToString(": "))
    }
}
