package dev.sparring.cli

/**
 * Rows with the same number of cells as lines of text in aligned columns, without trailing blanks.
 *
 * @param right the columns that are aligned to the right
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
