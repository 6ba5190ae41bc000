package dev.sparring.report

import dev.sparring.run.MetricsTable
import dev.sparring.run.RunDirectory
import kotlin.io.path.exists
import kotlin.io.path.useLines

/**
 * A run's `metrics.csv`, column by column.
 *
 * @param series of every column in the order of the file; without points where there is no number
 *   yet
 * @param rows how many there are
 * @param lastStep of the last row; 0 if there is none
 */
internal class MetricColumns(val series: Map<String, Series>, val rows: Int, val lastStep: Long) {
    companion object {
        const val SECONDS = "seconds"
        private val NOTHING = MetricColumns(mapOf(), 0, 0)

        /**
         * Reads it; no file is no metrics yet.
         *
         * @throws dev.sparring.run.RunException if it is damaged
         */
        fun of(run: RunDirectory): MetricColumns {
            if (!run.metrics().exists()) return NOTHING
            val table = MetricsTable.of(run)
            val builders = table.columns.associateWith { Series.Builder() }
            for (row in table.rows) {
                row.figures.forEach { (column, value) ->
                    builders.getValue(column).add(row.step.toDouble(), value)
                }
            }
            return MetricColumns(
                builders.mapValues { it.value.build() } + (SECONDS to seconds(run)),
                table.rows.size,
                table.rows.lastOrNull()?.step ?: 0,
            )
        }

        /** The second column, which a [MetricsTable] leaves out. */
        private fun seconds(run: RunDirectory): Series {
            val builder = Series.Builder()
            run.metrics().useLines { lines ->
                for (line in lines.drop(1)) {
                    val (step, seconds) = line.split(',', limit = 3)
                    val number = seconds.toDoubleOrNull() ?: continue
                    builder.add(step.toDouble(), number)
                }
            }
            return builder.build()
        }
    }
}
