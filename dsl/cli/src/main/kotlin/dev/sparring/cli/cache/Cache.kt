package dev.sparring.cli.cache

import dev.sparring.file.CacheDirectory
import java.nio.file.Files
import java.nio.file.LinkOption.NOFOLLOW_LINKS
import java.nio.file.Path
import kotlin.io.path.isDirectory
import kotlin.io.path.isRegularFile
import kotlin.io.path.name
import kotlin.streams.asSequence

/** One of the places where files are kept that can be made or fetched again. */
internal interface Cache {
    val folder: Path

    /** Its files and links that are Sparring's; links are never followed. */
    fun own(): List<Path>

    /** What else is there: of others, or of unknown names. */
    fun others(): List<Path>
}

/**
 * What caches there are; their order is that of tables.
 *
 * @param about what it is for
 */
internal enum class CacheKind(val about: String) {
    CLASSIFIERS("trained for eval"),
    FEATURES("of real images"),
    IMAGES("of image folders, decoded"),
    SCRIPTS("compiled"),
    CLASSES("of Java, prepared for faster starts"),
    DATA("downloaded data sets"),
    NATIVES("libraries that JavaCPP unpacked");

    val word: String = name.lowercase()

    /** Its files, for these environment variables. */
    fun open(environment: Map<String, String>): Cache {
        val root = CacheDirectory.of(environment)
        // Only this folder may be a link: the user has put it elsewhere.
        val base = if (Files.exists(root)) root.toRealPath() else root
        return when (this) {
            CLASSIFIERS -> NamedFiles(base.resolve("classifiers"), Regex("cnn-.*\\.safetensors"))
            FEATURES -> NamedFiles(base.resolve("features"), Regex("[0-9a-f]{64}\\.features"))
            IMAGES -> NamedFiles(base.resolve("images"), Regex("[0-9a-f]{64}\\.images"))
            SCRIPTS -> NamedFiles(base.resolve("scripts"), Regex("[0-9a-f]{64}\\.jar"))
            CLASSES ->
                NamedFiles(base.resolve("classes"), Regex("(recipes|scripts)-[0-9]+-[0-9]+\\.jsa"))
            DATA -> NamedFiles(base.resolve("fashion-mnist"), Regex(".*-ubyte(\\.gz)?"))
            NATIVES -> UnpackedNatives(UnpackedNatives.standardFolder())
        }
    }
}

/** Files of a pattern in a folder, and what a killed process left of one. */
private class NamedFiles(override val folder: Path, private val pattern: Regex) : Cache {
    override fun own(): List<Path> = all().filter { it.isRegularFile(NOFOLLOW_LINKS) && isOwn(it) }

    // Locks are empty, and another process may hold one.
    override fun others(): List<Path> = all() - own().toSet() - all().filter(::isLock).toSet()

    private fun isOwn(file: Path) = pattern.matches(file.name) || isLeft(file.name)

    private fun isLock(file: Path) =
        file.name.endsWith(".lock") && file.isRegularFile(NOFOLLOW_LINKS)

    /** Whether it is half a file, whose process is gone. */
    private fun isLeft(name: String): Boolean {
        val (file, process) = PART.matchEntire(name)?.destructured ?: return false
        return pattern.matches(file) && ProcessHandle.of(process.toLong()).isEmpty
    }

    private fun all(): List<Path> =
        if (!folder.isDirectory(NOFOLLOW_LINKS)) emptyList()
        else Files.list(folder).use { it.asSequence().sorted().toList() }

    private companion object {
        val PART = Regex("\\.?(.+)\\.([0-9]{1,18})\\.part")
    }
}

/**
 * JavaCPP's cache has a folder for each jar, and is shared by all programs that use it: only those
 * of the jars on this class path are ours.
 */
internal class UnpackedNatives(
    override val folder: Path,
    private val jars: Set<String> = jarsHere(),
) : Cache {
    override fun own(): List<Path> = folders().filter { it.name in jars }.flatMap(::files)

    override fun others(): List<Path> = folders().filter { it.name !in jars }.flatMap(::files)

    private fun folders(): List<Path> =
        if (!folder.isDirectory(NOFOLLOW_LINKS)) emptyList()
        else
            Files.list(folder).use { all ->
                all.asSequence().filter { it.isDirectory(NOFOLLOW_LINKS) }.sorted().toList()
            }

    /** Without following links, of which JavaCPP makes some itself. */
    private fun files(jar: Path): List<Path> =
        Files.walk(jar).use { all ->
            all.asSequence().filter { !it.isDirectory(NOFOLLOW_LINKS) }.toList()
        }

    companion object {
        /** Where JavaCPP looks, too. */
        fun standardFolder(): Path {
            val named = System.getProperty("org.bytedeco.javacpp.cachedir")
            if (named != null) return Path.of(named)
            return Path.of(System.getProperty("user.home"), ".javacpp", "cache")
        }

        private fun jarsHere(): Set<String> =
            System.getProperty("java.class.path")
                .split(System.getProperty("path.separator"))
                .filter { it.endsWith(".jar") }
                .map { Path.of(it).name }
                .toSet()
    }
}
