package dev.sparring.cli

import dev.sparring.file.Reason
import dev.sparring.run.RecordedRecipe
import dev.sparring.run.RunDirectory
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path

/** The run in a folder. */
internal fun existingRun(folder: Path): RunDirectory {
    val run = RunDirectory(folder)
    if (!Files.isRegularFile(run.recipe())) {
        // It says so itself if only the recipe's text is missing.
        if (RecordedRecipe.isOfProgram(run)) RecordedRecipe.read(run)
        throw BadInput("$folder: no run here; expected a run directory with a recipe.yaml")
    }
    return run
}

/** Refuses a folder that cannot be written to, or made, before work begins. */
internal fun requireWritable(folder: Path) {
    val there = generateSequence(folder.toAbsolutePath()) { it.parent }.first(Files::exists)
    if (!Files.isDirectory(there)) {
        throw BadInput("--out: $folder: cannot be written: $there is a file; expected a folder")
    }
    if (!Files.isWritable(there)) {
        val where = if (there == folder.toAbsolutePath()) "" else " in $there"
        throw BadInput("--out: $folder: cannot be written: permission denied$where")
    }
}

/**
 * Writes what `--out` names, and the folders above it.
 *
 * @param example a file name for the error message if the path is a folder
 */
internal fun <T> writing(output: Path, example: String, write: () -> T): T {
    if (output.fileName == null || "$output".isEmpty() || Files.isDirectory(output)) {
        throw BadInput("--out: '$output' is a folder; expected a file such as $example")
    }
    return try {
        output.toAbsolutePath().parent?.let(Files::createDirectories)
        write()
    } catch (e: IOException) {
        throw BadInput("--out: " + Reason.line(e, output, "cannot be written"), e)
    }
}
