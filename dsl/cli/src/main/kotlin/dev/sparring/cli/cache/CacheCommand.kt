package dev.sparring.cli.cache

import dev.sparring.cli.BadInput
import dev.sparring.cli.ExitCode
import dev.sparring.cli.Terminal
import dev.sparring.cli.columns
import dev.sparring.file.Reason
import java.io.IOException
import java.nio.file.DirectoryNotEmptyException
import java.nio.file.Files
import java.nio.file.LinkOption.NOFOLLOW_LINKS
import java.nio.file.Path
import java.util.Locale
import java.util.concurrent.Callable
import kotlin.io.path.isRegularFile
import kotlin.io.path.isSymbolicLink
import picocli.CommandLine.Command
import picocli.CommandLine.Parameters

@Command(
    name = "cache",
    description =
        [
            "Prints where files are kept that can be made or fetched again, how many and how large.",
            "cache clear removes them, all or those of a kind, and says what it removed; it asks " +
                "nothing, follows no links and leaves what is not Sparring's.",
        ],
    mixinStandardHelpOptions = true,
)
internal class CacheCommand(private val terminal: Terminal) : Callable<Int> {
    internal enum class Action {
        CLEAR
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "clear", description = ["remove them"])
    var action: Action? = null

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "KIND",
        description = ["only classifiers, features, images, scripts, data or natives"],
    )
    var kind: CacheKind? = null

    override fun call(): Int =
        try {
            if (action == null) show() else clear(kind?.let(::listOf) ?: CacheKind.entries)
        } catch (e: IOException) {
            throw BadInput("sparring cache: ${Reason.of(e)}", e)
        }

    private fun show(): Int {
        val rows =
            CacheKind.entries.map { kind ->
                val cache = kind.open(terminal.environment)
                val own = cache.own()
                val count = "${own.size}"
                listOf(kind.word, count, megabytes(size(own)), "${cache.folder}", kind.about)
            }
        val header = listOf("kind", "files", "MB", "folder", "")
        terminal.out.print(columns(listOf(header) + rows, right = setOf(1, 2)))
        CacheKind.entries.forEach { sayOthers(it.open(terminal.environment)) }
        return ExitCode.DONE
    }

    private fun clear(kinds: List<CacheKind>): Int {
        var isWhole = true
        for (kind in kinds) {
            val cache = kind.open(terminal.environment)
            val removed = mutableListOf<Long>()
            val all = cache.own()
            for (file in all) {
                val size = size(listOf(file))
                try {
                    Files.delete(file)
                    removed += size
                } catch (e: IOException) {
                    // On Windows, a library that is in use.
                    terminal.error(Reason.line(e, file, "cannot be removed"))
                    isWhole = false
                }
            }
            removeEmpty(all, cache.folder)
            terminal.out.println(
                "${kind.word}: removed ${files(removed.size)}, ${megabytes(removed.sum())} MB, of " +
                    "${cache.folder}"
            )
            sayOthers(cache)
        }
        return if (isWhole) ExitCode.DONE else ExitCode.BAD_INPUT
    }

    private fun sayOthers(cache: Cache) {
        if (cache.folder.isSymbolicLink()) {
            terminal.log("${cache.folder}: is a link, which is not followed")
        }
        val others = cache.others()
        if (others.isNotEmpty()) {
            val size = megabytes(size(others))
            terminal.log(
                "${cache.folder}: has also ${files(others.size)}, $size MB, of others, which stay"
            )
        }
    }

    /** The folders in which they were, where nothing is left in them. */
    private fun removeEmpty(files: List<Path>, within: Path) {
        for (file in files) {
            generateSequence(file.parent) { it.parent }.takeWhile { it != within }.all(::isRemoved)
        }
    }

    private fun isRemoved(folder: Path): Boolean =
        try {
            Files.deleteIfExists(folder)
            true
        } catch (_: DirectoryNotEmptyException) {
            false
        }

    private fun size(files: List<Path>): Long =
        files.sumOf { if (it.isRegularFile(NOFOLLOW_LINKS)) Files.size(it) else 0 }

    private fun files(count: Int) = if (count == 1) "1 file" else "$count files"

    private fun megabytes(bytes: Long): String = String.format(Locale.ROOT, "%.1f", bytes / 1e6)
}
