package dev.sparring.cli

import dev.sparring.run.Checkpoint
import dev.sparring.run.RunDirectory
import dev.sparring.run.Runs
import java.util.OptionalLong
import picocli.CommandLine.Option

/** The option that names a checkpoint of a run. */
internal class CheckpointOption {
    @Option(
        names = ["--from"],
        paramLabel = "STEP",
        description = ["the checkpoint of this step (default: the newest)"],
    )
    var from: Long? = null

    val step: OptionalLong
        get() = from?.let(OptionalLong::of) ?: OptionalLong.empty()

    /** The checkpoint, whose generator is whole; a damaged or missing one is refused. */
    fun of(run: RunDirectory): Checkpoint = Runs.checkpoint(run, step)
}
