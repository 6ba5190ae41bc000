package dev.sparring.ui.metrics

import dev.sparring.file.Reason
import dev.sparring.file.RegularFile
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.NoSuchFileException

/**
 * Some rows from all over a long metrics file: what a page shows while the whole is read. Each
 * place gives a bucket of the few rows that are there, so that a bucket's least and greatest values
 * are those of these rows only.
 */
internal object FirstLook {
    private const val PLACES = 64

    /** Some dozen rows of a usual run. */
    private const val BLOCK = 1 shl 12

    /** Shorter files are read as fast as they are looked at. */
    private const val LEAST = 8L * PLACES * BLOCK

    /** The bytes of a file that is long enough to be looked at first; 0 for another. */
    fun size(run: RunDirectory): Long =
        try {
            Files.size(run.metrics()).takeIf { it >= LEAST } ?: 0
        } catch (_: IOException) {
            0
        }

    /**
     * Looks at some figures.
     *
     * @return by name, without those that are no columns, or that no row had that was looked at
     * @throws RunException if it is damaged, or cannot be read
     */
    fun at(run: RunDirectory, names: Collection<String>): Map<String, List<Bucket>> =
        try {
            RegularFile.channel(run.metrics()).use { channel ->
                Header.of(run, channel)?.let { rows(run, channel, it, names) }.orEmpty()
            }
        } catch (_: NoSuchFileException) {
            emptyMap()
        } catch (e: IOException) {
            throw RunException(Reason.line(e, run.metrics(), "cannot be read"), e)
        }

    private fun rows(
        run: RunDirectory,
        channel: FileChannel,
        header: Header,
        names: Collection<String>,
    ): Map<String, List<Bucket>> {
        val known = names.filter { it in header.columns }
        val found = known.associateWith { mutableListOf<Bucket>() }
        val wanted = known.map(header.columns::getValue)
        val reader = RowReader(run, channel, header.size)
        val whole = channel.size() - header.end
        for (place in 0 until PLACES) {
            val from = header.end + (whole - BLOCK) * place / (PLACES - 1)
            val here = known.map { Buckets(2) }
            reader.read(from, from + BLOCK, wanted, isTorn = place > 0) { step, cells, _ ->
                here.forEachIndexed { i, buckets ->
                    if (!cells[i].isEmpty) buckets.add(step, cells[i].value)
                }
            }
            known.forEachIndexed { i, name ->
                val buckets = here[i]
                if (buckets.size > 0) found.getValue(name) += buckets.coarse(buckets.size).single()
            }
        }
        return found.filterValues { it.isNotEmpty() }
    }
}
