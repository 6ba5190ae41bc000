package dev.sparring.cli

import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path

/** A folder for what is needed once, or the one that the user names, which stays. */
internal object ScratchFolder {
    /**
     * Works in it.
     *
     * @param named null for one that is deleted afterwards
     * @param log receives a line if that does not succeed
     */
    fun <T> use(named: Path?, prefix: String, log: (String) -> Unit, work: (Path) -> T): T {
        if (named != null) return work(named)
        val scratch = Files.createTempDirectory(prefix)
        try {
            return work(scratch)
        } finally {
            delete(scratch, log)
        }
    }

    private fun delete(folder: Path, log: (String) -> Unit) {
        try {
            Files.walk(folder).use { all ->
                all.sorted(Comparator.reverseOrder()).forEach(Files::delete)
            }
        } catch (e: IOException) {
            log("$folder: cannot be deleted: $e")
        }
    }
}
