package dev.sparring.report.sweep

import dev.sparring.report.chart.Band
import dev.sparring.report.chart.Line
import dev.sparring.report.chart.Series

/**
 * A figure of a cell over steps: the mean over its seeds, and a band from the least to the
 * greatest.
 */
internal object CellCurves {
    /** Eighty cells with this many points are still a small page. */
    private const val MOST_PLACES = 200

    /**
     * A step counts if every run that reached it has a value there, so that the last row of a
     * diverged run causes no jump in the mean of the others. Only finite values count.
     *
     * @param runs the same figure of each run
     * @return null if there is no such step
     */
    fun of(name: String, runs: List<Series>): Line? {
        val alive = runs.filter { it.size > 0 }
        val bySteps =
            alive.map { run -> run.steps.indices.associate { run.steps[it] to run.values[it] } }
        val mean = Series.Builder()
        val low = Series.Builder()
        val high = Series.Builder()
        for (step in bySteps.flatMap { it.keys }.distinct().sorted()) {
            val there = alive.count { step in it.steps.first()..it.steps.last() }
            val values = bySteps.mapNotNull { it[step] }
            val finite = values.filter(Double::isFinite)
            if (values.size < there || finite.isEmpty()) continue
            // Divided first: the sum of large numbers may be infinite although their mean is
            // finite.
            mean.add(step, finite.sumOf { it / finite.size })
            low.add(step, finite.min())
            high.add(step, finite.max())
        }
        return line(name, mean.build(), low.build(), high.build())
    }

    private fun line(name: String, mean: Series, low: Series, high: Series): Line? {
        if (mean.size == 0) return null
        val places = minOf(MOST_PLACES, mean.size)
        val stretches =
            List(places) { i ->
                val from = (i.toLong() * mean.size / places).toInt()
                val until = ((i + 1L) * mean.size / places).toInt()
                from until until
            }
        val steps = DoubleArray(places) { i -> stretches[i].map { mean.steps[it] }.average() }
        fun over(series: Series, sum: (List<Double>) -> Double) =
            Series(steps, DoubleArray(places) { i -> sum(stretches[i].map { series.values[it] }) })
        return Line(
            name,
            over(mean) { values -> values.sumOf { it / values.size } },
            Band(over(low) { it.min() }, over(high) { it.max() }),
        )
    }
}
