package dev.sparring.cli.sweep

import de.siegmar.fastcsv.reader.CsvParseException
import de.siegmar.fastcsv.reader.CsvReader
import dev.sparring.cli.BadInput
import dev.sparring.file.Reason
import java.io.IOException
import java.nio.file.Path

/** The rows of a `runs.csv`: of the same sweep, be it of another machine or of a page. */
internal class RecordedRows
private constructor(val file: Path, val columns: List<String>, val rows: List<Row>) {
    /** A run's row, by column. */
    class Row(val cell: String, val seed: Long, val values: Map<String, String>)

    /** The figures that it has, in order. */
    fun figures(axes: List<String>): List<String> =
        columns.filterNot { it in BEFORE || it in axes || it.startsWith(RunFacts.PREFIX) }

    companion object {
        private val BEFORE = setOf("cell", "seed", "status", "step", "retries")

        /** @throws BadInput if it is no table of runs */
        fun read(file: Path): RecordedRows {
            val lines =
                try {
                    CsvReader.builder().ofCsvRecord(file).use { all ->
                        all.map { it.fields.toList() }
                    }
                } catch (e: CsvParseException) {
                    throw BadInput("--verify: $file: is no table of runs: ${Reason.of(e)}", e)
                } catch (e: IOException) {
                    throw BadInput("--verify: ${Reason.line(e, file, "cannot be read")}", e)
                }
            return of(file, lines)
        }

        /** The same of a table that is written here. */
        fun of(file: Path, csv: String): RecordedRows =
            CsvReader.builder().ofCsvRecord(csv).use { all ->
                of(file, all.map { it.fields.toList() })
            }

        private fun of(file: Path, lines: List<List<String>>): RecordedRows {
            val columns = lines.firstOrNull().orEmpty()
            if (!columns.containsAll(listOf("cell", "seed", "status"))) {
                throw BadInput(
                    "--verify: $file: is no table of runs: expected the runs.csv of a sweep, " +
                        "whose first line has cell, seed, status"
                )
            }
            val rows =
                lines.drop(1).mapIndexed { i, cells ->
                    val values = columns.zip(cells).toMap()
                    val seed = values.getValue("seed").toLongOrNull()
                    if (seed == null || cells.size != columns.size) {
                        throw BadInput(
                            "--verify: $file:${i + 2}: expected ${columns.size} cells with a seed"
                        )
                    }
                    Row(values.getValue("cell"), seed, values)
                }
            if (rows.isEmpty()) throw BadInput("--verify: $file: has no runs")
            return RecordedRows(file, columns, rows)
        }
    }
}
