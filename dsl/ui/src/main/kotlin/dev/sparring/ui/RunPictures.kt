package dev.sparring.ui

import java.nio.file.Files

/** The pictures of samples that runs have. */
internal class RunPictures {
    /** The steps that have one, ascending. */
    fun steps(run: ListedRun): List<Long> = run.directory.sampleSteps()

    /** A picture as it is. Whatever else stands under its name stays unread. */
    fun read(run: ListedRun, step: Long): ByteArray {
        val file = run.directory.samples(step)
        if (!Files.isRegularFile(file)) throw NoSuch("step $step has no picture")
        if (Files.size(file) > LARGEST) throw Refused("the picture of step $step is too large")
        val bytes = Files.readAllBytes(file)
        val isPng = bytes.size > SIZE_AT + 8 && MAGIC.indices.all { bytes[it] == MAGIC[it] }
        if (!isPng) throw Refused("the picture of step $step is no PNG file")
        return bytes
    }

    /** Its width and height. */
    fun size(png: ByteArray): Pair<Int, Int> = int(png, SIZE_AT) to int(png, SIZE_AT + 4)

    private fun int(bytes: ByteArray, at: Int): Int =
        (0 until 4).fold(0) { all, i -> (all shl 8) or (bytes[at + i].toInt() and 0xff) }

    private companion object {
        const val LARGEST = 64L shl 20

        /** Where the first chunk of a PNG file, which every one has, says the size. */
        const val SIZE_AT = 16
        val MAGIC =
            byteArrayOf(0x89.toByte(), 'P'.code.toByte(), 'N'.code.toByte(), 'G'.code.toByte()) +
                byteArrayOf(13, 10, 26, 10)
    }
}
