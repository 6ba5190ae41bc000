package dev.sparring.ui.metrics

import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.charset.StandardCharsets

/** Bytes of a text of rows, in which cells and lines are looked for. */
internal class Bytes(private val bytes: ByteArray) {
    private val words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)

    val size: Int
        get() = bytes.size

    /**
     * Where the cell that was looked at last ends: at a comma, at an end of line, or nowhere yet.
     */
    var stop: Int = 0
        private set

    /** Whether the cell that was read last is a number. */
    var isNumber: Boolean = false
        private set

    /** How many commas there were before the end of the line that was looked for last. */
    var commas: Int = 0
        private set

    operator fun get(at: Int): Byte = bytes[at]

    fun copy(from: Int, until: Int): ByteArray = bytes.copyOfRange(from, until)

    fun larger(): Bytes = Bytes(bytes.copyOf(2 * bytes.size))

    /** The place after what there is, to be filled. */
    fun room(have: Int, most: Long): ByteBuffer =
        ByteBuffer.wrap(bytes, have, minOf((bytes.size - have).toLong(), most).toInt())

    /** Moves what is not read yet to the beginning. */
    fun drop(begin: Int, have: Int) {
        bytes.copyInto(bytes, 0, begin, have)
    }

    /** Looks for the end of a cell. */
    fun cell(from: Int, until: Int) {
        stop = from
        while (stop < until && !isEnd(bytes[stop])) stop++
    }

    /** The end of a line, or -1; counts commas before it. Eight bytes at a time. */
    fun line(from: Int, until: Int): Int {
        commas = 0
        var at = from
        while (at + Long.SIZE_BYTES <= until) {
            val word = words.getLong(at)
            val ends = zeros(word xor LINES)
            val found = zeros(word xor COMMAS)
            if (ends != 0L) {
                val bit = ends.countTrailingZeroBits()
                commas += (found and (1L shl bit) - 1).countOneBits()
                return at + bit / Byte.SIZE_BITS
            }
            commas += found.countOneBits()
            at += Long.SIZE_BYTES
        }
        while (at < until) {
            if (bytes[at] == NEW_LINE) return at
            if (bytes[at] == COMMA) commas++
            at++
        }
        return -1
    }

    /**
     * A number without making a text of it, of which a long run has millions. Of one with more than
     * fifteen digits the last bit may differ from the file's; no curve shows that.
     */
    fun number(from: Int, until: Int): Double {
        val isNegative = from < until && bytes[from] == MINUS
        val first = if (isNegative) from + 1 else from
        var i = first
        var digits = 0L
        var many = 0
        var behindPoint = -1
        while (i < until) {
            val c = bytes[i]
            if (c in ZERO..NINE) {
                if (digits != 0L || c != ZERO) many++
                digits = digits * 10 + (c - ZERO)
                if (behindPoint >= 0) behindPoint++
            } else if (c == POINT && behindPoint < 0) {
                behindPoint = 0
            } else {
                break
            }
            i++
        }
        val hasDigits = i - first > if (behindPoint >= 0) 1 else 0
        val isPlain = i < until && isEnd(bytes[i]) && hasDigits
        if (!isPlain || many > MOST_DIGITS || behindPoint >= POWERS.size) return text(from, until)
        stop = i
        isNumber = true
        val size = digits / POWERS[maxOf(0, behindPoint)]
        return if (isNegative) -size else size
    }

    /** A number in another form. */
    private fun text(from: Int, until: Int): Double {
        cell(from, until)
        val text = String(bytes, from, stop - from, StandardCharsets.ISO_8859_1)
        val value = text.toDoubleOrNull()
        isNumber = value != null
        return value ?: 0.0
    }

    private companion object {
        const val NEW_LINE = '\n'.code.toByte()
        const val RETURN = '\r'.code.toByte()
        const val COMMA = ','.code.toByte()
        const val MINUS = '-'.code.toByte()
        const val POINT = '.'.code.toByte()
        const val ZERO = '0'.code.toByte()
        const val NINE = '9'.code.toByte()

        /** As many fit a long number. */
        const val MOST_DIGITS = 18

        /** Powers of ten that are exact. */
        val POWERS =
            DoubleArray(23).also { all ->
                all[0] = 1.0
                for (i in 1 until all.size) all[i] = all[i - 1] * 10
            }

        const val SEVENS = 0x7f7f7f7f7f7f7f7fL
        const val ONES = 0x0101010101010101L
        const val LINES = ONES * '\n'.code
        const val COMMAS = ONES * ','.code

        fun isEnd(c: Byte) = c == COMMA || c == NEW_LINE || c == RETURN

        /** The highest bit of each byte that is 0, exactly (Warren, "Hacker's Delight", 6-1). */
        fun zeros(x: Long): Long = ((x and SEVENS) + SEVENS or x or SEVENS).inv()
    }
}
