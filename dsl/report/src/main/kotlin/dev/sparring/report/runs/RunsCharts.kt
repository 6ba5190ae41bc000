package dev.sparring.report.runs

import dev.sparring.report.chart.Chart
import dev.sparring.report.chart.Column
import dev.sparring.report.chart.Layout
import dev.sparring.report.chart.Line
import dev.sparring.report.chart.METRIC_GROUPS
import dev.sparring.report.chart.MetricGroup
import dev.sparring.report.chart.Panel

/**
 * Charts with a line for each run: a plot for each column that can be compared, those of a group
 * side by side.
 *
 * @param curves by label, then by column
 */
internal class RunsCharts(
    private val compared: ComparedRuns,
    private val curves: Map<String, Map<String, Line>>,
) {
    private val labels = compared.runs.map { it.label }
    private val columns =
        labels.flatMap { curves.getValue(it).keys }.distinct().filter { compared.isComparable(it) }

    fun all(): List<Chart> =
        METRIC_GROUPS.filter { it.layout != Layout.WEIGHTS }.flatMap(::charts) +
            columns
                .filter { Column(it).group == null }
                .map { Chart(it, "", listOf(Panel("", lines(it)))) }

    private fun charts(group: MetricGroup): List<Chart> =
        when (group.layout) {
            Layout.COLUMNS -> listOfNotNull(chart(group, group.title, "", group.members.keys))
            else ->
                columns
                    .filter { Column(it).figure in group.members }
                    .map { Column(it).path }
                    .distinct()
                    .mapNotNull { path ->
                        val ending = if (path.isEmpty()) "" else ".$path"
                        val extractor = if (path.isEmpty()) "" else " (extractor $path)"
                        chart(group, group.title + extractor, ending, group.members.keys)
                    }
        }

    private fun chart(
        group: MetricGroup,
        title: String,
        ending: String,
        members: Set<String>,
    ): Chart? {
        val panels =
            members
                .filter { it + ending in columns }
                .map { Panel(group.members.getValue(it), lines(it + ending)) }
        if (panels.isEmpty()) return null
        // The title may say enough of a single one.
        val isSaid =
            group.members.size == 1 || panels[0].title.equals(group.title, ignoreCase = true)
        val shown = if (panels.size == 1 && isSaid) listOf(Panel("", panels[0].lines)) else panels
        return Chart(title, group.about, shown, group.isLog, group.reference)
    }

    private fun lines(column: String) = labels.mapNotNull { curves.getValue(it)[column] }
}
