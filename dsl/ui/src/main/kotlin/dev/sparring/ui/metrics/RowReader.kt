package dev.sparring.ui.metrics

import dev.sparring.run.MetricsHeader
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.charset.StandardCharsets
import java.util.Locale

/** The first line of a metrics file. */
internal class Header private constructor(val text: String, val end: Long, known: MetricsHeader) {
    /** How many columns there are. */
    val size: Int = known.columns().size

    val figures: List<String> = known.figures()

    /** The place of each figure in a row. */
    val columns: Map<String, Int> =
        figures.withIndex().associate { (i, name) -> name to i + size - figures.size }

    companion object {
        private const val BLOCK = 1 shl 12
        private const val LONGEST = 1 shl 24

        /** Null if it has no end yet. */
        fun of(run: RunDirectory, channel: FileChannel): Header? {
            var size = BLOCK
            while (true) {
                val bytes = ByteBuffer.allocate(minOf(size.toLong(), channel.size()).toInt())
                while (bytes.hasRemaining()) {
                    if (channel.read(bytes, bytes.position().toLong()) < 0) break
                }
                val end = (0 until bytes.position()).find { bytes[it] == '\n'.code.toByte() }
                if (end != null) {
                    val text = String(bytes.array(), 0, end, StandardCharsets.UTF_8)
                    return Header(text, end + 1L, MetricsHeader.of(run, text))
                }
                if (bytes.capacity().toLong() == channel.size() || size >= LONGEST) return null
                size *= 4
            }
        }
    }
}

/** A cell of a row. */
internal class Cell {
    var isEmpty: Boolean = true
    var value: Double = 0.0
}

/**
 * Reads rows without making objects of them: a hundred thousand rows of a dozen figures are ten
 * megabytes. What is after the last cell that is wanted is only counted.
 *
 * @param columns how many a row has
 */
internal class RowReader(
    private val run: RunDirectory,
    private val channel: FileChannel,
    private val columns: Int,
) {
    private var buffer = Bytes(ByteArray(0))

    /** The bytes of the last row that was read, with its end. */
    var lastRow: ByteArray = ByteArray(0)
        private set

    /**
     * Reads the rows that begin at or after a byte and end before or at another one.
     *
     * @param wanted the places of the cells that are parsed
     * @param isTorn whether the first row is left out, since it may have begun before
     * @param row receives a row's step, these cells, which are reused, and where the row begins
     * @return the end of the last row that has one
     * @throws RunException if a row is damaged
     */
    fun read(
        from: Long,
        until: Long,
        wanted: List<Int>,
        isTorn: Boolean = false,
        row: (step: Double, cells: Array<Cell>, place: Long) -> Unit,
    ): Long {
        val cells = Array(wanted.size) { Cell() }
        val placeOf = IntArray(maxOf(0, wanted.maxOrNull() ?: 0) + 1) { wanted.indexOf(it) }
        buffer = Bytes(ByteArray((until - from).coerceIn(1, BLOCK).toInt()))
        var start = from
        var have = 0
        var next = from
        var skips = isTorn
        var last = 0.0
        while (next < until) {
            if (have == buffer.size) buffer = buffer.larger()
            val n = channel.read(buffer.room(have, until - next), next)
            if (n <= 0) break
            next += n
            have += n
            var begin = 0
            var before = 0
            while (true) {
                val end =
                    if (skips) buffer.line(begin, have)
                    else parse(begin, have, cells, placeOf, start)
                if (end < 0) break
                if (!skips) {
                    refuse(last, start)
                    last = step
                    row(step, cells, start)
                }
                skips = false
                start += end + 1 - begin
                before = begin
                begin = end + 1
            }
            if (begin > 0) lastRow = buffer.copy(before, begin)
            buffer.drop(begin, have)
            have -= begin
        }
        return start
    }

    private fun refuse(before: Double, place: Long) {
        MetricsHeader.wrongStep(before, step).ifPresent {
            // Steps are whole unless they are what is wrong.
            val shown = if (step == Math.rint(step)) "%.0f".format(Locale.ROOT, step) else "$step"
            throw RunException("${run.metrics()}: at byte $place: $it, got $shown")
        }
    }

    private var step = 0.0

    /** Reads a row into the cells; returns its end, or -1 if it has none before [have]. */
    private fun parse(
        begin: Int,
        have: Int,
        cells: Array<Cell>,
        placeOf: IntArray,
        place: Long,
    ): Int {
        var from = begin
        for (column in placeOf.indices) {
            val wanted = placeOf[column]
            if (column == 0 || wanted >= 0) {
                val value = buffer.number(from, have)
                val isEmpty = buffer.stop == from
                if (buffer.stop == have) return -1
                if (!isEmpty && !buffer.isNumber || isEmpty && column == 0) {
                    return refuse(begin, have, place)
                }
                if (column == 0) step = value
                if (wanted >= 0) {
                    cells[wanted].isEmpty = isEmpty
                    if (!isEmpty) cells[wanted].value = value
                }
            } else {
                buffer.cell(from, have)
                if (buffer.stop == have) return -1
            }
            if (buffer[buffer.stop] != COMMA) {
                // A line may also end as on Windows.
                val end = buffer.line(buffer.stop, have)
                val isWhole = column + 1 == columns && end <= buffer.stop + 1
                return if (end < 0 || isWhole) end else refuse(begin, have, place)
            }
            from = buffer.stop + 1
        }
        val end = buffer.line(from, have)
        val isWhole = end < 0 || placeOf.size + buffer.commas + 1 == columns
        return if (isWhole) end else refuse(begin, have, place)
    }

    /** A row that has no end yet may be whole the next time. */
    private fun refuse(begin: Int, have: Int, place: Long): Int {
        val end = buffer.line(begin, have)
        if (end < 0) return end
        val line = String(buffer.copy(begin, minOf(end, begin + SHOWN)), StandardCharsets.UTF_8)
        throw RunException(
            "${run.metrics()}: at byte $place: expected $columns numbers, got '$line'"
        )
    }

    private companion object {
        const val BLOCK = 1L shl 18
        const val SHOWN = 80
        const val COMMA = ','.code.toByte()
    }
}
