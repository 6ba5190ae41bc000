package dev.sparring.report.chart

/**
 * Sorts the columns of metrics into charts: every column that has a number is in exactly one.
 *
 * @param columns in the order in which unknown ones are to be shown
 */
internal class Catalogue(columns: Map<String, Series>) {
    private val left = LinkedHashMap(columns.filterValues { it.size > 0 })

    /** Columns without any number yet. */
    val empty: List<String> = columns.filterValues { it.size == 0 }.keys.toList()

    /** The charts of each part that has any. */
    val charts: Map<Part, List<Chart>>

    init {
        val known = METRIC_GROUPS.flatMap { group -> of(group).map { group.part to it } }
        val other = others().map { Part.OTHER to it }
        charts = (known + other).groupBy({ it.first }, { it.second }).toSortedMap()
    }

    private fun of(group: MetricGroup): List<Chart> =
        when (group.layout) {
            Layout.COLUMNS -> columns(group)
            Layout.EXTRACTORS -> extractors(group)
            Layout.WEIGHTS -> weights(group)
        }

    private fun columns(group: MetricGroup): List<Chart> {
        val lines =
            group.members.mapNotNull { (column, name) -> take(column)?.let { Line(name, it) } }
        return charts(group, group.title, lines)
    }

    private fun extractors(group: MetricGroup): List<Chart> {
        val columns = left.keys.map(::Column).filter { it.figure in group.members }
        return columns
            .groupBy { it.path }
            .flatMap { (path, own) ->
                val lines =
                    group.members.flatMap { (figure, name) ->
                        own.filter { it.figure == figure }
                            .mapNotNull { take(it.name) }
                            .map { Line(name.ifEmpty { group.title }, it) }
                    }
                val extractor = if (path.isEmpty()) "" else " (extractor $path)"
                charts(group, group.title + extractor, lines)
            }
    }

    private fun charts(group: MetricGroup, title: String, lines: List<Line>): List<Chart> {
        if (lines.isEmpty()) return emptyList()
        return listOf(chart(group, title, listOf(Panel("", lines))))
    }

    private fun chart(group: MetricGroup, title: String, panels: List<Panel>) =
        Chart(title, group.about, panels, group.isLog, group.reference)

    private fun weights(group: MetricGroup): List<Chart> {
        val columns =
            left.keys.map(::Column).filter { it.figure in group.members && '.' in it.path }
        return columns
            .map { it.path.substringBefore('.') }
            .distinct()
            .map { player ->
                val panels =
                    group.members.mapNotNull { (figure, name) ->
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
                chart(group, "${group.title}: $player", panels)
            }
    }

    private fun others(): List<Chart> =
        left.keys
            .map(::Column)
            .groupBy { it.figure }
            .map { (figure, columns) ->
                val lines = columns.map { Line(it.path.ifEmpty { figure }, left.getValue(it.name)) }
                Chart(figure, "", listOf(Panel("", lines)))
            }

    private fun take(column: String): Series? = left.remove(column)
}

/** A column's name, FIGURE or FIGURE.PATH. */
internal class Column(val name: String) {
    val figure: String = name.substringBefore('.')
    val path: String = name.substringAfter('.', "")

    /** The group that the column belongs to, if Sparring knows it. */
    val group: MetricGroup?
        get() =
            METRIC_GROUPS.find {
                when (it.layout) {
                    Layout.COLUMNS -> name in it.members
                    Layout.EXTRACTORS -> figure in it.members
                    Layout.WEIGHTS -> figure in it.members && '.' in path
                }
            }
}
