package dev.sparring.report.sweep

import de.siegmar.fastcsv.reader.CsvParseException
import de.siegmar.fastcsv.reader.CsvReader
import de.siegmar.fastcsv.reader.FieldMismatchStrategy
import dev.sparring.file.Reason
import dev.sparring.run.RunException
import java.io.IOException
import java.nio.file.Path

/** A table of a sweep, all as text. */
internal class Csv
private constructor(val file: Path, val header: List<String>, val rows: List<List<String>>) {
    /** The place of a column. */
    fun place(column: String): Int =
        header.indexOf(column).also {
            if (it < 0) throw RunException("$file: is damaged: it has no column '$column'")
        }

    companion object {
        /** @throws RunException if it is damaged */
        fun of(file: Path): Csv {
            val rows =
                try {
                    // Rows of another length are refused below, with the line.
                    CsvReader.builder()
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(file)
                        .use { all -> all.map { it.fields.toList() } }
                } catch (e: CsvParseException) {
                    throw RunException("$file: is damaged: ${e.message}", e)
                } catch (e: IOException) {
                    throw RunException("$file: cannot be read: ${Reason.of(e)}", e)
                }
            val header = rows.firstOrNull() ?: throw RunException("$file: is damaged: it is empty")
            rows.forEachIndexed { i, row ->
                if (row.size != header.size) {
                    throw RunException(
                        "$file:${i + 1}: expected ${header.size} cells, got ${row.size}"
                    )
                }
            }
            return Csv(file, header, rows.drop(1))
        }
    }
}
