package dev.sparring.dsl.sweep

/**
 * Names for cells' folders, e.g. `norm=sn_init=N-0-0.02`: safe on every system, and different even
 * where capital letters do not count.
 *
 * @param cells each cell's labels, one an axis
 */
internal fun folders(axes: List<String>, cells: List<List<String>>): List<String> {
    val names = axes.map { shortest(it, axes) }
    val used = mutableSetOf<String>()
    return cells.map { labels ->
        val name =
            names
                .zip(labels) { axis, label -> "$axis=${safe(label)}" }
                .joinToString("_")
                .take(LONGEST)
                .trimEnd('.', '-')
                .ifEmpty { "base" }
        generateSequence(1) { it + 1 }
            .map { if (it == 1) name else "$name-$it" }
            .first { used.add(it.lowercase()) }
    }
}

private const val LONGEST = 100

private fun safe(label: String) = label.replace(Regex("[^A-Za-z0-9.]+"), "-").trim('-', '.')

/** The last keys of a path that no other axis ends with and that do not begin with a number. */
private fun shortest(path: String, axes: List<String>): String {
    val keys = path.split('.')
    return keys.indices
        .reversed()
        .map { keys.drop(it).joinToString(".") }
        .firstOrNull { end ->
            !end[0].isDigit() && axes.count { it == end || it.endsWith(".$end") } == 1
        } ?: path
}
