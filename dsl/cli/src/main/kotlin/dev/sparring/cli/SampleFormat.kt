package dev.sparring.cli

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries

/**
 * What `sample` writes.
 *
 * @property most more samples than are useful, or than fit into a picture
 */
internal enum class SampleFormat(val most: Int) {
    /** One picture of all. */
    GRID(10_000),
    /** NumPy's array. */
    ARRAY(1_000_000),
    /** An animation of a path. */
    ANIMATION(1_000),
    /** A folder with a picture of each. */
    SINGLE(1_000_000);

    companion object {
        /** The format that an ending stands for; unknown ones are refused. */
        fun of(output: Path): SampleFormat {
            val name = output.fileName?.toString().orEmpty()
            return when (name.substringAfterLast('.', "").lowercase()) {
                "png" -> GRID
                "npy" -> ARRAY
                "gif" -> ANIMATION
                else ->
                    throw BadInput(
                        "--out: '$output' does not say what to write; expected a name that ends " +
                            "in .png (a grid), .npy (an array) or .gif (with --interpolate), or " +
                            "a folder with --single"
                    )
            }
        }

        /** Refuses a folder in which pictures of earlier samples would be mixed with new ones. */
        fun requireEmpty(folder: Path) {
            requireWritable(folder)
            if (Files.exists(folder) && folder.listDirectoryEntries().isNotEmpty()) {
                throw BadInput("--out: '$folder' is not empty; expected a new or an empty folder")
            }
        }
    }
}
