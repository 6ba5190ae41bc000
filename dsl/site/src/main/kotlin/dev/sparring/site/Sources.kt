package dev.sparring.site

import java.nio.file.FileVisitResult
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.SimpleFileVisitor
import java.nio.file.attribute.BasicFileAttributes
import kotlin.io.path.extension
import kotlin.io.path.name

/** The Markdown files of a project, without those of its tests and of what is built. */
internal object Sources {
    private val LEFT_OUT = setOf("target", "test", "golden", "node_modules")

    /** What commands leave in the folder that they are started in. */
    private val RESULTS = setOf("runs", "sweeps")

    fun below(root: Path): List<Path> {
        val found = mutableListOf<Path>()
        Files.walkFileTree(
            root,
            object : SimpleFileVisitor<Path>() {
                override fun preVisitDirectory(
                    folder: Path,
                    attributes: BasicFileAttributes,
                ): FileVisitResult {
                    val isLeftOut =
                        folder != root &&
                            (folder.name in LEFT_OUT ||
                                folder.name.startsWith(".") ||
                                (folder.parent == root && folder.name in RESULTS))
                    return if (isLeftOut) FileVisitResult.SKIP_SUBTREE else FileVisitResult.CONTINUE
                }

                override fun visitFile(
                    file: Path,
                    attributes: BasicFileAttributes,
                ): FileVisitResult {
                    if (file.extension == "md") found.add(root.relativize(file))
                    return FileVisitResult.CONTINUE
                }
            },
        )
        return found.sorted()
    }
}
