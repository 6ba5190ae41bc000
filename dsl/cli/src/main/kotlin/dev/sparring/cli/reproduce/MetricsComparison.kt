package dev.sparring.cli.reproduce

import dev.sparring.cli.BadInput
import dev.sparring.file.RegularFile
import dev.sparring.run.MetricsHeader
import dev.sparring.run.RunDirectory
import java.nio.file.Files

/** Compares the figures of two runs cell by cell, as text: all but the seconds. */
internal class MetricsComparison(private val first: RunDirectory, private val again: RunDirectory) {
    /**
     * @param strict whether the run was trained in one piece: then every cell has to be there again
     * @param last rows after this step are left out
     */
    fun compare(strict: Boolean, last: Long): Compared {
        if (!Files.exists(first.metrics())) return Compared(emptyList(), emptyList())
        val before = Table.of(first)
        val now = Table.of(again)
        val shared = before.columns.filter { it in now.columns }
        val lost = before.columns - now.columns.toSet()
        val added = now.columns - before.columns.toSet()
        val differences = mutableListOf<Difference>()
        for (column in lost) differences += figure(0, "the column $column is in the run only")
        for (column in added) {
            differences += figure(0, "the column $column is in the repetition only")
        }
        val rows = before.rows.filterKeys { it <= last }
        for ((step, row) in rows) {
            val other = now.rows[step]
            if (other == null) {
                if (strict) differences += figure(step, "has a row in the run only")
                continue
            }
            for (column in shared) {
                val (a, b) = row.getValue(column) to other.getValue(column)
                // A run that was resumed may have got a column later.
                if (a == b || (!strict && (a.isEmpty() || b.isEmpty()))) continue
                differences += figure(step, "$column is ${shown(a)}, now ${shown(b)}")
            }
            if (differences.any { it.step > 0 }) break
        }
        if (strict) {
            val extra = now.rows.keys.firstOrNull { it <= last && it !in before.rows }
            if (extra != null) {
                differences += figure(extra, "has a row in the repetition only")
            }
        }
        return Compared(differences, listOf("${rows.size} rows of ${shared.size} figures"))
    }

    private fun figure(step: Long, text: String): Difference {
        val place = if (step == 0L) "metrics.csv" else "metrics.csv, step $step"
        return Difference(step, Difference.Kind.FIGURE, "$place: $text")
    }

    private fun shown(cell: String) = cell.ifEmpty { "empty" }

    /** A row is a map from columns to cells. */
    private class Table(val columns: List<String>, val rows: Map<Long, Map<String, String>>) {
        companion object {
            /** A last line without a line end is incomplete, and left out. */
            fun of(run: RunDirectory): Table {
                val file = run.metrics()
                if (!Files.exists(file)) return Table(emptyList(), emptyMap())
                val lines = RegularFile.text(file).substringBeforeLast('\n', "").lines()
                val known = MetricsHeader.of(run, lines.first())
                val header = known.columns()
                var before = 0L
                val rows = linkedMapOf<Long, Map<String, String>>()
                for ((i, line) in lines.withIndex().drop(1)) {
                    val cells = line.split(",")
                    val step = cells.first().toLongOrNull()
                    if (step == null || cells.size != header.size) {
                        throw BadInput("$file:${i + 1}: expected ${header.size} numbers")
                    }
                    MetricsHeader.wrongStep(before.toDouble(), step.toDouble()).ifPresent {
                        throw BadInput("$file:${i + 1}: $it, got $step")
                    }
                    before = step
                    rows[step] = header.zip(cells).toMap()
                }
                return Table(known.figures(), rows)
            }
        }
    }
}
