package dev.sparring.ui

import dev.sparring.file.Sha256
import dev.sparring.report.Reports
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunOverview
import dev.sparring.run.RunSearch
import dev.sparring.run.RunState
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.BasicFileAttributes
import java.nio.file.attribute.FileTime
import java.util.concurrent.ConcurrentHashMap
import kotlin.io.path.name

/**
 * A run as pages name it.
 *
 * @param id stands for it in addresses: a browser names no paths
 * @param label its path below the folder that is shown
 */
internal class ListedRun(
    val id: String,
    val label: String,
    val directory: RunDirectory,
    val sweep: String?,
)

/**
 * The runs below a folder. What was read of one is kept until one of its files changes, so that a
 * page of hundreds of runs can look every few seconds.
 */
internal class RunIndex(private val folder: Path, private val now: () -> Long = System::nanoTime) {
    private val root = folder.toAbsolutePath().normalize()
    private var runs: Map<String, ListedRun> = emptyMap()
    private val read = ConcurrentHashMap<String, Pair<Stamp, RunOverview>>()
    private var searched: Long? = null
    private val names = HashMap<Path, Boolean>()

    /** Lines about folders that could not be searched. */
    @get:Synchronized
    var leftOut: List<String> = emptyList()
        private set

    val title: String = root.name.ifEmpty { "$root" }

    /** All runs in the order of their folders; the folder is searched again after some seconds. */
    @Synchronized
    fun all(): List<ListedRun> {
        val last = searched
        if (last == null || now() - last > SEARCH_AGAIN) search()
        return runs.values.toList()
    }

    /** The run of that id, if there is one; it may be new. */
    @Synchronized
    fun find(id: String): ListedRun? {
        val last = searched
        if (id !in runs && (last == null || now() - last > SEARCH_FOR_ONE)) search()
        return runs[id]
    }

    /** It at a glance; several threads may ask. */
    fun overview(run: ListedRun): RunOverview {
        val stamp = Stamp.of(run.directory)
        val known = read[run.id]
        if (known != null && known.first == stamp && known.second.state !in OPEN) {
            return known.second
        }
        return RunOverview.of(run.directory).also { read[run.id] = stamp to it }
    }

    /** Those of several; the first time, hundreds of runs are read, on all cores. */
    fun overviews(runs: List<ListedRun>): List<RunOverview> =
        runs.parallelStream().map(::overview).toList()

    private fun search() {
        val lines = mutableListOf<String>()
        val found = RunSearch.below(listOf(folder)) { lines += it }
        names.clear()
        runs =
            found
                .map { directory ->
                    val path = directory.path.toAbsolutePath().normalize()
                    val label = root.relativize(path).joinToString("/").ifEmpty { root.name }
                    ListedRun(id(label), label, directory, sweep(path))
                }
                .associateBy { it.id }
        read.keys.retainAll(runs.keys)
        leftOut = lines
        searched = now()
    }

    /** The sweep that a run is of, below the folder: FOLDER/CELL/seed-N. */
    private fun sweep(run: Path): String? {
        val above = run.parent?.parent ?: return null
        if (!above.startsWith(root)) return null
        if (!names.getOrPut(above) { Reports.isSweep(above) }) return null
        return root.relativize(above).joinToString("/").ifEmpty { root.name }
    }

    /** What changes when something of a run is written. */
    private data class Stamp(val files: List<Pair<FileTime, Long>?>) {
        companion object {
            fun of(run: RunDirectory): Stamp =
                Stamp(
                    listOf(run.provenance(), run.metrics(), run.evaluation(0).parent)
                        .plus(run.path)
                        .map(::changed)
                )

            private fun changed(file: Path): Pair<FileTime, Long>? =
                if (!Files.exists(file)) null
                else
                    Files.readAttributes(file, BasicFileAttributes::class.java).let {
                        it.lastModifiedTime() to it.size()
                    }
        }
    }

    companion object {
        private const val SEARCH_AGAIN = 5_000_000_000L
        private const val SEARCH_FOR_ONE = 500_000_000L

        /** In these a run may go on, or its process may go, without a change of a file. */
        private val OPEN = setOf(RunState.RUNNING, RunState.KILLED, RunState.UNKNOWN)
        private const val DIGITS = 10

        /** Stays the same as long as the run stays where it is. */
        fun id(label: String): String = Sha256.of(label.toByteArray()).take(DIGITS)
    }
}
