package dev.sparring.ui.metrics

import dev.sparring.file.Reason
import dev.sparring.file.RegularFile
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.attribute.BasicFileAttributes

/**
 * A run's `metrics.csv`, read as it grows: only rows that came since the last look are read again.
 * Kept are the figures that were asked for, in [Buckets], and the place of every thousandth row. A
 * file that was replaced, as a resumed run does, is read anew.
 */
internal class MetricsFile(private val run: RunDirectory) {
    private val kept = LinkedHashMap<String, Buckets>()
    private var header: Header? = null
    private var identity: Any? = null
    private var stamp: Any? = null
    private var index = RowIndex()

    /** After the last row that has its end. */
    private var end = 0L

    /** The last row's bytes: if others stand there now, the file is another one. */
    private var lastRow = ByteArray(0)

    /** How many complete rows there are. */
    val rows: Long
        get() = index.rows

    /** Grows whenever the file was read anew. */
    var generation: Int = 0
        private set

    /** The names of the figures, without step and seconds. */
    val figures: List<String>
        get() = header?.figures.orEmpty()

    /**
     * Looks at the file again, and reads these figures.
     *
     * @return by name, without those that are no columns of it
     * @throws RunException if it is damaged, or cannot be read
     */
    fun read(names: Collection<String>): Map<String, Buckets> {
        val now = stamp(run)
        val isRead = now != null && now == stamp && names.all { it in kept || it !in figures }
        if (!isRead) readAgain(names)
        // As of before it was read: what came meanwhile is found the next time.
        stamp = now
        return names.filter { it in kept }.associateWith { kept.getValue(it) }
    }

    private fun readAgain(names: Collection<String>) {
        reading { channel ->
            refresh(channel)
            val known = checkNotNull(header)
            val missing = names.filter { it in known.columns && it !in kept }
            missing.forEach { kept[it] = Buckets(CAPACITY) }
            if (missing.isNotEmpty()) rows(channel, known.end, end, missing)
            val from = end
            val until = channel.size()
            if (until > from) rows(channel, from, until, kept.keys.toList(), index)
        }
    }

    /**
     * Figures of some steps only, finer than [read] has them.
     *
     * @return by name
     * @throws RunException if the file is damaged, or cannot be read
     */
    fun window(names: Collection<String>, from: Double, to: Double): Map<String, Buckets> =
        reading { channel ->
            refresh(channel)
            val known = checkNotNull(header)
            // Also what came since the last look has its place in the index.
            val start = end
            rows(channel, start, channel.size(), kept.keys.toList(), index)
            val found = names.filter { it in known.columns }.associateWith { Buckets(CAPACITY) }
            val sinks = found.map { (name, buckets) -> known.columns.getValue(name) to buckets }
            RowReader(run, channel, known.size).read(
                maxOf(known.end, index.before(from)),
                minOf(end, index.after(to) ?: end),
                sinks.map { it.first },
            ) { step, values, _ ->
                if (step in from..to) {
                    sinks.forEachIndexed { i, (_, buckets) ->
                        if (!values[i].isEmpty) buckets.add(step, values[i].value)
                    }
                }
            }
            found
        } ?: emptyMap()

    /** Forgets values; what is asked for again is read again. */
    fun forget() = kept.clear()

    /** Null if there is no file yet. */
    private fun <T> reading(work: (FileChannel) -> T): T? =
        try {
            RegularFile.channel(run.metrics()).use { channel ->
                if (Header.of(run, channel) == null) null else work(channel)
            }
        } catch (_: NoSuchFileException) {
            null
        } catch (e: IOException) {
            throw RunException(Reason.line(e, run.metrics(), "cannot be read"), e)
        }

    /** Forgets everything if the file is another one. */
    private fun refresh(channel: FileChannel) {
        val now = checkNotNull(Header.of(run, channel))
        val key = Files.readAttributes(run.metrics(), BasicFileAttributes::class.java).fileKey()
        val isSame =
            header?.text == now.text &&
                identity == key &&
                channel.size() >= end &&
                endsAsBefore(channel)
        if (isSame) return
        kept.clear()
        header = now
        identity = key
        index = RowIndex()
        end = now.end
        lastRow = ByteArray(0)
        generation++
    }

    private fun endsAsBefore(channel: FileChannel): Boolean {
        val bytes = ByteBuffer.allocate(lastRow.size)
        val from = end - lastRow.size
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) return false
        }
        return bytes.array().contentEquals(lastRow)
    }

    private fun rows(
        channel: FileChannel,
        from: Long,
        until: Long,
        names: List<String>,
        places: RowIndex? = null,
    ) {
        val known = checkNotNull(header)
        val sinks = names.map { kept.getValue(it) }
        val reader = RowReader(run, channel, known.size)
        val stop =
            reader.read(from, until, names.map(known.columns::getValue)) { step, values, at ->
                places?.add(step, at)
                for (i in sinks.indices) {
                    if (!values[i].isEmpty) sinks[i].add(step, values[i].value)
                }
            }
        if (places != null && stop > end) {
            end = stop
            lastRow = reader.lastRow
        }
    }

    companion object {
        /** About a bucket for each pixel of a plot. */
        const val CAPACITY = 1024

        /** What changes when the file is written to; null if there is none. */
        fun stamp(run: RunDirectory): Any? =
            try {
                Files.readAttributes(run.metrics(), BasicFileAttributes::class.java).let {
                    listOf(it.lastModifiedTime(), it.size(), it.fileKey())
                }
            } catch (_: IOException) {
                null
            }
    }
}
