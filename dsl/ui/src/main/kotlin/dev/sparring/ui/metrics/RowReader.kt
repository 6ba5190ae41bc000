package dev.sparring.ui.metrics

import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.charset.StandardCharsets

/** The first line of a metrics file. */
internal class Header private constructor(val text: String, val end: Long) {
    private val names = text.trimEnd('\r').split(',')

    /** How many columns there are. */
    val size: Int = names.size

    val figures: List<String> = names.drop(BEFORE_FIGURES)

    /** The place of each figure in a row. */
    val columns: Map<String, Int> =
        figures.withIndex().associate { (i, name) -> name to i + BEFORE_FIGURES }

    companion object {
        private const val BEFORE_FIGURES = 2
        private const val BLOCK = 1 shl 16
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
                    if (!"$text,".startsWith("step,seconds,")) {
                        throw RunException(
                            "${run.metrics()}: expected a first line 'step,seconds,...'"
                        )
                    }
                    return Header(text, end + 1L)
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
 * megabytes.
 *
 * @param columns how many a row has
 */
internal class RowReader(
    private val run: RunDirectory,
    private val channel: FileChannel,
    private val columns: Int,
) {
    private var buffer = ByteArray(0)

    /** The bytes of the last row that was read, with its end. */
    var lastRow: ByteArray = ByteArray(0)
        private set

    /**
     * Reads the rows that begin at or after a byte and end before or at another one.
     *
     * @param wanted the places of the cells that are parsed
     * @param row receives a row's step, these cells, which are reused, and where the row begins
     * @return the end of the last row that has one
     * @throws RunException if a row is damaged
     */
    fun read(
        from: Long,
        until: Long,
        wanted: List<Int>,
        row: (step: Double, cells: Array<Cell>, place: Long) -> Unit,
    ): Long {
        val cells = Array(wanted.size) { Cell() }
        val placeOf = IntArray(columns) { wanted.indexOf(it) }
        buffer = ByteArray((until - from).coerceIn(1, BLOCK).toInt())
        var start = from
        var have = 0
        var next = from
        while (next < until) {
            if (have == buffer.size) buffer = buffer.copyOf(2 * buffer.size)
            val space = minOf((buffer.size - have).toLong(), until - next).toInt()
            val n = channel.read(ByteBuffer.wrap(buffer, have, space), next)
            if (n <= 0) break
            next += n
            have += n
            var begin = 0
            var before = 0
            for (i in have - n until have) {
                if (buffer[i] != NEW_LINE) continue
                row(step(begin, i, cells, placeOf, start), cells, start)
                start += i + 1 - begin
                before = begin
                begin = i + 1
            }
            if (begin > 0) lastRow = buffer.copyOfRange(before, begin)
            buffer.copyInto(buffer, 0, begin, have)
            have -= begin
        }
        return start
    }

    private fun step(
        begin: Int,
        end: Int,
        cells: Array<Cell>,
        placeOf: IntArray,
        place: Long,
    ): Double {
        var column = 0
        var from = begin
        var step = 0.0
        val stop = if (end > begin && buffer[end - 1] == RETURN) end - 1 else end
        for (i in begin..stop) {
            if (i < stop && buffer[i] != COMMA) continue
            if (column >= columns) refuse(begin, end, place)
            val wanted = placeOf[column]
            if (column == 0) step = number(from, i) ?: refuse(begin, end, place)
            if (wanted >= 0) {
                val cell = cells[wanted]
                cell.isEmpty = i == from
                if (i > from) cell.value = number(from, i) ?: refuse(begin, end, place)
            }
            column++
            from = i + 1
        }
        if (column != columns) refuse(begin, end, place)
        return step
    }

    /**
     * A number without making a text of it, of which a long run has millions. Of one with more than
     * fifteen digits the last bit may differ from the file's; no curve shows that.
     */
    private fun number(from: Int, until: Int): Double? {
        val isNegative = buffer[from] == MINUS
        var i = if (isNegative) from + 1 else from
        var digits = 0L
        var many = 0
        var behindPoint = -1
        while (i < until && (buffer[i] in ZERO..NINE || buffer[i] == POINT && behindPoint < 0)) {
            if (buffer[i] == POINT) behindPoint = 0
            else {
                if (digits != 0L || buffer[i] != ZERO) many++
                digits = digits * 10 + (buffer[i] - ZERO)
                if (behindPoint >= 0) behindPoint++
            }
            i++
        }
        val isPlain = i == until && many in 0..MOST_DIGITS && behindPoint < POWERS.size
        if (!isPlain || i - from <= (if (isNegative) 1 else 0) + (if (behindPoint >= 0) 1 else 0)) {
            return String(buffer, from, until - from, StandardCharsets.ISO_8859_1).toDoubleOrNull()
        }
        val size = digits / POWERS[maxOf(0, behindPoint)]
        return if (isNegative) -size else size
    }

    private fun refuse(begin: Int, end: Int, place: Long): Nothing {
        val line = String(buffer, begin, minOf(end - begin, SHOWN), StandardCharsets.UTF_8)
        throw RunException(
            "${run.metrics()}: at byte $place: expected $columns numbers, got '$line'"
        )
    }

    private companion object {
        const val BLOCK = 1L shl 18
        const val SHOWN = 80

        /** As many fit a long number. */
        const val MOST_DIGITS = 18

        /** Powers of ten that are exact. */
        val POWERS =
            DoubleArray(23).also { all ->
                all[0] = 1.0
                for (i in 1 until all.size) all[i] = all[i - 1] * 10
            }
        const val NEW_LINE = '\n'.code.toByte()
        const val RETURN = '\r'.code.toByte()
        const val MINUS = '-'.code.toByte()
        const val POINT = '.'.code.toByte()
        const val COMMA = ','.code.toByte()
        const val ZERO = '0'.code.toByte()
        const val NINE = '9'.code.toByte()
    }
}
