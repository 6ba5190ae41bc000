package dev.sparring.dsl.fuzz

import kotlin.random.Random

/** Changes characters of a text, whatever they mean. */
internal class TextMutations(private val random: Random) {
    fun mutated(text: String): String {
        var changed = text
        repeat(random.nextInt(1, 4)) { changed = once(changed) }
        return changed
    }

    private fun once(text: String): String {
        val (from, to) = List(2) { random.nextInt(text.length + 1) }.sorted()
        val near = minOf(text.length, from + random.nextInt(12))
        return when (random.nextInt(8)) {
            0,
            1,
            2 -> text.replaceRange(from, from, Hostile.tokens.random(random))
            3 -> text.replaceRange(from, near, Hostile.tokens.random(random))
            4 -> text.removeRange(from, near)
            5 -> text.replaceRange(from, from, text.substring(from, to).take(400))
            6 -> text.take(to)
            else -> text.replaceRange(from, near, "${Char(random.nextInt(0x250))}")
        }
    }

    /** The bytes of a text, some of them changed. */
    fun bytes(text: String): ByteArray {
        val bytes = text.toByteArray()
        if (bytes.isEmpty()) return bytes
        repeat(random.nextInt(1, 4)) {
            bytes[random.nextInt(bytes.size)] = random.nextInt().toByte()
        }
        return if (random.nextInt(10) > 0) bytes
        else
            text.toByteArray(
                listOf(Charsets.UTF_16, Charsets.UTF_16LE, Charsets.ISO_8859_1).random(random)
            )
    }
}
