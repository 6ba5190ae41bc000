package dev.sparring.cli

import dev.sparring.run.Checkpoint
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.run.Runs
import java.nio.file.Files
import java.util.OptionalLong
import picocli.CommandLine.Option

/** The option that names a checkpoint of a run. */
internal class CheckpointOption {
    @Option(
        names = ["--checkpoint", "--from"],
        paramLabel = "STEP",
        description =
            [
                "the checkpoint of this step (default: the newest); --from is the same, " +
                    "its name in earlier versions"
            ],
    )
    var from: Long? = null

    /** As [readCheckpoint]. */
    fun <T> read(run: RunDirectory, use: (Checkpoint) -> T): T = readCheckpoint(run, from, use)
}

/** The same for commands of which `--from` means something else. */
internal class CheckpointStep {
    @Option(
        names = ["--checkpoint"],
        paramLabel = "STEP",
        description = ["the checkpoint of this step (default: the newest)"],
    )
    var step: Long? = null

    /** As [readCheckpoint]. */
    fun <T> read(run: RunDirectory, use: (Checkpoint) -> T): T = readCheckpoint(run, step, use)
}

/**
 * Reads a checkpoint, whose generator is whole; a damaged or missing one is refused. A training may
 * remove it meanwhile because there are newer ones; then the newest is read.
 */
private fun <T> readCheckpoint(run: RunDirectory, step: Long?, use: (Checkpoint) -> T): T {
    val asked = step?.let(OptionalLong::of) ?: OptionalLong.empty()
    repeat(ATTEMPTS) {
        val checkpoint = Runs.checkpoint(run, asked)
        try {
            return use(checkpoint)
        } catch (e: RunException) {
            if (step != null || Files.exists(checkpoint.path())) throw e
        }
    }
    return use(Runs.checkpoint(run, asked))
}

private const val ATTEMPTS = 5
