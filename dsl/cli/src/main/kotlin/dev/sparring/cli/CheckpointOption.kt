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

    val step: OptionalLong
        get() = from?.let(OptionalLong::of) ?: OptionalLong.empty()

    /**
     * Reads the checkpoint, whose generator is whole; a damaged or missing one is refused. A
     * training may remove it meanwhile because there are newer ones; then the newest is read.
     */
    fun <T> read(run: RunDirectory, use: (Checkpoint) -> T): T {
        repeat(ATTEMPTS) {
            val checkpoint = Runs.checkpoint(run, step)
            try {
                return use(checkpoint)
            } catch (e: RunException) {
                if (from != null || Files.exists(checkpoint.path)) throw e
            }
        }
        return use(Runs.checkpoint(run, step))
    }

    private companion object {
        const val ATTEMPTS = 5
    }
}
