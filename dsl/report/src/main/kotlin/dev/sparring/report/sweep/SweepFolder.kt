package dev.sparring.report.sweep

import dev.sparring.file.FolderLock
import dev.sparring.run.RunDirectory
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/** The folder of a sweep: CELL/seed-N, and tables of all runs once it is finished. */
internal object SweepFolder {
    private val SEED = Regex("seed-(-?\\d{1,19})")

    fun runs(folder: Path): Path = folder.resolve("runs.csv")

    fun table(folder: Path): Path = folder.resolve("table.csv")

    /** A sweep that is not finished has its lock; without one, it is a folder of runs. */
    fun isSweep(folder: Path): Boolean =
        Files.isRegularFile(runs(folder)) ||
            !RunDirectory(folder).isUsed && FolderLock.isKnown(folder) && cells(folder).isNotEmpty()

    /** Whether a folder holds runs of one recipe with several seeds. */
    fun isCell(folder: Path): Boolean = seeds(folder).isNotEmpty()

    /** The folders of cells, by name. */
    fun cells(folder: Path): List<Path> = folders(folder).filter(::isCell)

    /** The seeds of a cell that have a folder, ascending. */
    fun seeds(cell: Path): List<Long> =
        folders(cell)
            .filter { RunDirectory(it).isUsed }
            .mapNotNull { SEED.matchEntire(it.name)?.groupValues?.get(1)?.toLongOrNull() }
            .sorted()

    fun run(folder: Path, cell: String, seed: Long): RunDirectory =
        RunDirectory(folder.resolve(cell).resolve("seed-$seed"))

    private fun folders(folder: Path): List<Path> =
        if (!folder.exists() || !folder.isDirectory()) emptyList()
        else folder.listDirectoryEntries().filter { it.isDirectory() }.sortedBy { it.name }
}
