package dev.sparring.cli.sweep

import dev.sparring.cli.BadInput
import dev.sparring.file.FolderHeldException
import dev.sparring.file.FolderLock
import dev.sparring.file.Reason
import java.io.IOException
import java.nio.file.FileAlreadyExistsException
import java.nio.file.Files
import java.nio.file.Path

/** Keeps sweeps and parts of sweeps in one folder apart. */
internal object SweepHold {
    /** For a whole sweep: the folder, which no other whole sweep may use at the same time. */
    fun take(root: Path): FolderLock = guarded(root) { FolderLock.take(root) }

    /**
     * For a part: the folder, which no whole sweep may be using. It is not locked, so that other
     * parts can work in it, but marked as a sweep's for reports.
     */
    fun begin(root: Path) =
        guarded(root) {
            Files.createDirectories(root)
            try {
                Files.createFile(root.resolve(FolderLock.FILE))
            } catch (_: FileAlreadyExistsException) {
                // Another part was first, or an earlier sweep.
            }
            FolderLock.requireFree(root)
        }

    /** For a whole sweep: refuses a run that a part is training now. */
    fun requireNoPart(run: SweepRun) {
        try {
            FolderLock.requireFree(run.directory.path)
        } catch (e: FolderHeldException) {
            throw BadInput(
                "${run.title}: ${e.message}; wait for the parts of this sweep, then start it again",
                e,
            )
        } catch (_: IOException) {
            // The run itself says what is wrong with its directory.
        }
    }

    private fun <T> guarded(root: Path, work: () -> T): T =
        try {
            work()
        } catch (e: FolderHeldException) {
            throw BadInput("${e.message}; a sweep is at work there already", e)
        } catch (e: IOException) {
            throw BadInput("--out: " + Reason.line(e, root, "cannot be written"), e)
        }
}
