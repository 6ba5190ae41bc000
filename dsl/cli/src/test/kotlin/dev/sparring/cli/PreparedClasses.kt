package dev.sparring.cli

import java.io.File
import java.io.RandomAccessFile
import java.lang.management.ManagementFactory
import java.nio.channels.FileChannel
import java.nio.channels.OverlappingFileLockException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.util.jar.JarEntry
import java.util.jar.JarOutputStream
import kotlin.concurrent.thread
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.getLastModifiedTime
import kotlin.io.path.invariantSeparatorsPathString
import kotlin.io.path.isDirectory
import kotlin.io.path.isRegularFile
import kotlin.io.path.moveTo
import kotlin.io.path.outputStream
import kotlin.io.path.relativeTo

/**
 * Lets the JVMs that tests start have prepared classes (class data sharing), as the launcher's
 * have: their start takes half of the processor time. Java prepares only what is in jars, so the
 * children's class path has the classes of this build in some.
 */
internal object PreparedClasses {
    private const val ARCHIVE = "-XX:SharedArchiveFile="

    /** The options of this JVM that concern its own; by the pom, none where that is not asked. */
    val options: List<String> =
        ManagementFactory.getRuntimeMXBean().inputArguments.filter {
            it.startsWith(ARCHIVE) || it.startsWith("-Xlog:")
        }

    /**
     * Changes the class path that children of this JVM get, and has the classes prepared in the
     * background, once for all JVMs of a build. Children that start before that go without.
     */
    fun begin() {
        val archive =
            Path.of(options.find { it.startsWith(ARCHIVE) }?.removePrefix(ARCHIVE) ?: return)
        val entries = System.getProperty("java.class.path").split(File.pathSeparator)
        val (tests, rest) = entries.partition { Path.of(it).endsWith("test-classes") }
        val folder = archive.parent.createDirectories()
        val jars = mutableListOf<Path>()
        locked(folder.resolve("jars.lock")) {
            rest
                .map { Path.of(it) }
                .mapIndexedTo(jars) { i, entry ->
                    if (entry.isDirectory()) pack(entry, folder.resolve("$i.jar")) else entry
                }
        }
        // What is not in a jar comes last: Java compares the beginning.
        val path = jars.joinToString(File.pathSeparator)
        System.setProperty(
            "java.class.path",
            (listOf(path) + tests).joinToString(File.pathSeparator),
        )
        val newest = jars.filter { it.startsWith(folder) }.maxOf { it.getLastModifiedTime() }
        if (!archive.exists() || archive.getLastModifiedTime() < newest) {
            thread(isDaemon = true, name = "prepared classes") { prepare(archive, path) }
        }
    }

    private fun pack(classes: Path, jar: Path): Path {
        val files = Files.walk(classes).use { all -> all.filter { it.isRegularFile() }.toList() }
        val newest = files.maxOf { it.getLastModifiedTime() }
        if (jar.exists() && jar.getLastModifiedTime() > newest) return jar
        val part = Path.of("$jar.part")
        JarOutputStream(part.outputStream()).use { out ->
            out.setLevel(0)
            for (file in files) {
                out.putNextEntry(JarEntry(file.relativeTo(classes).invariantSeparatorsPathString))
                Files.copy(file, out)
            }
        }
        return part.moveTo(jar, StandardCopyOption.ATOMIC_MOVE)
    }

    private fun prepare(archive: Path, path: String) {
        RandomAccessFile("$archive.lock", "rw").channel.use { channel ->
            val lock = tried(channel) ?: return
            val part = Path.of("$archive.part")
            val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
            val options = BRIEF.toList() + "-XX:ArchiveClassesAtExit=$part" + "-Xlog:disable"
            val main = listOf("-cp", path, "dev.sparring.cli.start.FirstStartKt", "recipes")
            if (command(java, *(options + main).toTypedArray()) == 0) {
                part.moveTo(archive, StandardCopyOption.ATOMIC_MOVE)
            }
            lock.release()
        }
    }

    /** Null if another JVM has it. */
    private fun tried(channel: FileChannel) =
        try {
            channel.tryLock()
        } catch (_: OverlappingFileLockException) {
            null
        }

    private fun locked(file: Path, work: () -> Unit) {
        RandomAccessFile(file.toFile(), "rw").channel.use { channel ->
            channel.lock().use { work() }
        }
    }
}
