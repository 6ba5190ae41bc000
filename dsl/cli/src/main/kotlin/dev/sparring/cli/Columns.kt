package dev.sparring.cli

/**
 * Rows of equally many cells as lines of text in aligned columns, without blanks at their ends.
 *
 * @param right the columns whose cells end, rather than begin, at the same place
 */
internal fun columns(rows: List<List<String>>, right: Set<Int>): String {
    val widths = rows.first().indices.map { column -> rows.maxOf { it[column].length } }
    return rows.joinToString("") { row ->
        row.mapIndexed { i, cell ->
                if (i in right) cell.padStart(widths[i]) else cell.padEnd(widths[i])
            }
            .joinToString("  ")
            .trimEnd() + "\n"
    }
}
