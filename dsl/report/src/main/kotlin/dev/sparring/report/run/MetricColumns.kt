package dev.sparring.report.run

import dev.sparring.report.chart.Series
import dev.sparring.run.MetricsTable
import dev.sparring.run.RunDirectory
import kotlin.io.path.exists

/**
 * A run's `metrics.csv`, column by column.
 *
 * @param series of every column in the order of the file; without points if there is no number yet
 * @param rows how many there are
 * @param lastStep of the last row; 0 if there is none
 * @param leftOut lines about a row that is torn
 */
internal class MetricColumns(
    val series: Map<String, Series>,
    val rows: Int,
    val lastStep: Long,
    val leftOut: List<String>,
) {
    companion object {
        const val SECONDS = "seconds"
        private val NOTHING = MetricColumns(mapOf(), 0, 0, listOf())

        /**
         * Reads it; no file is no metrics yet.
         *
         * @throws dev.sparring.run.RunException if it is damaged
         */
        fun of(run: RunDirectory): MetricColumns {
            if (!run.metrics().exists()) return NOTHING
            val builders = mutableMapOf<String, Series.Builder>()
            val seconds = Series.Builder()
            var rows = 0
            var last = 0L
            val leftOut = mutableListOf<String>()
            // Row by row: as objects, the table of a long run would not fit in memory.
            val columns =
                MetricsTable.read(
                    run,
                    { row ->
                        val step = row.step.toDouble()
                        row.figures.forEach { (column, value) ->
                            builders.getOrPut(column) { Series.Builder() }.add(step, value)
                        }
                        seconds.add(step, row.seconds)
                        rows++
                        last = row.step
                    },
                    { leftOut += it },
                )
            val series = columns.associateWith { (builders[it] ?: Series.Builder()).build() }
            return MetricColumns(series + (SECONDS to seconds.build()), rows, last, leftOut)
        }
    }
}
