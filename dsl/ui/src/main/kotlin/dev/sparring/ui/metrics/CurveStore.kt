package dev.sparring.ui.metrics

import dev.sparring.ui.ListedRun

/**
 * The metrics files of runs that are looked at. Those not looked at for the longest time forget
 * their values when there would be too many in all.
 *
 * @param most figures of runs whose values are kept
 */
internal class CurveStore(private val most: Int = MOST) {
    private class Entry(val file: MetricsFile) {
        var figures = 0
    }

    private val entries = LinkedHashMap<String, Entry>(16, LOAD, true)

    /** Reads figures of a run, whole, and hands them to [use] before they can change. */
    fun <T> read(
        run: ListedRun,
        figures: Collection<String>,
        use: (MetricsFile, Map<String, Buckets>) -> T,
    ): T {
        val entry = entry(run)
        val result =
            synchronized(entry) {
                val found = entry.file.read(figures)
                entry.figures = maxOf(entry.figures, found.size)
                use(entry.file, found)
            }
        trim(run)
        return result
    }

    /** The same of some steps only; nothing of it is kept. */
    fun <T> window(
        run: ListedRun,
        figures: Collection<String>,
        from: Double,
        to: Double,
        use: (MetricsFile, Map<String, Buckets>) -> T,
    ): T {
        val entry = entry(run)
        return synchronized(entry) { use(entry.file, entry.file.window(figures, from, to)) }
    }

    private fun entry(run: ListedRun): Entry =
        synchronized(entries) { entries.getOrPut(run.id) { Entry(MetricsFile(run.directory)) } }

    private fun trim(besides: ListedRun) {
        val old =
            synchronized(entries) {
                var all = entries.values.sumOf { it.figures }
                entries.entries
                    .filter { it.key != besides.id && it.value.figures > 0 }
                    .takeWhile { entry -> (all > most).also { if (it) all -= entry.value.figures } }
                    .map { it.value }
            }
        for (entry in old) {
            synchronized(entry) {
                entry.file.forget()
                entry.figures = 0
            }
        }
    }

    private companion object {
        /** Of 44 kB each. */
        const val MOST = 1500
        const val LOAD = 0.75f
    }
}
