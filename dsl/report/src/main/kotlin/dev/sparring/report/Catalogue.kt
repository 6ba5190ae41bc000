package dev.sparring.report

/**
 * Sorts the columns of metrics into figures: every column that has a number is in exactly one.
 *
 * @param columns in the order in which unknown ones are to be shown
 */
internal class Catalogue(columns: Map<String, Series>) {
    private val left = LinkedHashMap(columns.filterValues { it.size > 0 })

    /** Columns in which there is no number yet. */
    val empty: List<String> = columns.filterValues { it.size == 0 }.keys.toList()

    /** The figures of each part that has any. */
    val figures: Map<Part, List<Figure>>

    init {
        val known = FAMILIES.flatMap { family -> of(family).map { family.part to it } }
        val other = others().map { Part.OTHER to it }
        figures = (known + other).groupBy({ it.first }, { it.second }).toSortedMap()
    }

    private fun of(family: Family): List<Figure> =
        when (family.layout) {
            Layout.COLUMNS -> columns(family)
            Layout.EXTRACTORS -> extractors(family)
            Layout.WEIGHTS -> weights(family)
        }

    private fun columns(family: Family): List<Figure> {
        val lines =
            family.members.mapNotNull { (column, name) -> take(column)?.let { Line(name, it) } }
        return figures(family, family.title, lines)
    }

    private fun extractors(family: Family): List<Figure> {
        val columns = left.keys.map(::Column).filter { it.figure in family.members }
        return columns
            .groupBy { it.path }
            .flatMap { (path, own) ->
                val lines =
                    family.members.flatMap { (figure, name) ->
                        own.filter { it.figure == figure }
                            .mapNotNull { take(it.name) }
                            .map { Line(name.ifEmpty { family.title }, it) }
                    }
                val extractor = if (path.isEmpty()) "" else " (extractor $path)"
                figures(family, family.title + extractor, lines)
            }
    }

    private fun figures(family: Family, title: String, lines: List<Line>): List<Figure> {
        if (lines.isEmpty()) return emptyList()
        return listOf(figure(family, title, listOf(Panel("", lines))))
    }

    private fun figure(family: Family, title: String, panels: List<Panel>) =
        Figure(title, family.about, panels, family.isLog, family.reference)

    private fun weights(family: Family): List<Figure> {
        val columns =
            left.keys.map(::Column).filter { it.figure in family.members && '.' in it.path }
        return columns
            .map { it.path.substringBefore('.') }
            .distinct()
            .map { player ->
                val panels =
                    family.members.mapNotNull { (figure, name) ->
                        val own =
                            columns.filter { it.figure == figure && it.path.startsWith("$player.") }
                        val lines =
                            own.mapNotNull { column ->
                                take(column.name)?.let {
                                    Line(column.path.removePrefix("$player."), it)
                                }
                            }
                        if (lines.isEmpty()) null else Panel(name, lines)
                    }
                figure(family, "${family.title}: $player", panels)
            }
    }

    private fun others(): List<Figure> =
        left.keys
            .map(::Column)
            .groupBy { it.figure }
            .map { (figure, columns) ->
                val lines = columns.map { Line(it.path.ifEmpty { figure }, left.getValue(it.name)) }
                Figure(figure, "", listOf(Panel("", lines)))
            }

    private fun take(column: String): Series? = left.remove(column)
}

/** A column's name, FIGURE or FIGURE.PATH. */
internal class Column(val name: String) {
    val figure: String = name.substringBefore('.')
    val path: String = name.substringAfter('.', "")

    /** The family that the column belongs to, if Sparring knows it. */
    val family: Family?
        get() =
            FAMILIES.find {
                when (it.layout) {
                    Layout.COLUMNS -> name in it.members
                    Layout.EXTRACTORS -> figure in it.members
                    Layout.WEIGHTS -> figure in it.members && '.' in path
                }
            }
}
