package dev.sparring.cli

import dev.sparring.file.Sha256
import dev.sparring.run.Fork
import dev.sparring.run.RecordedRecipe
import dev.sparring.run.RunDirectory
import dev.sparring.train.LateStart
import dev.sparring.train.Training
import dev.sparring.weights.FirstWeights
import java.nio.file.Path
import picocli.CommandLine.Option

/** The options by which a run begins otherwise than with drawn weights at step 0. */
internal class BeginOptions {
    @Option(
        names = [INIT],
        paramLabel = "WEIGHTS.safetensors",
        description =
            [
                "first weights instead of drawing them; names of run directories, or those of a " +
                    "state dict of PyTorch where they fit in one way only"
            ],
    )
    var weights: Path? = null

    @Option(
        names = [FORK],
        paramLabel = "RUN",
        description =
            [
                "begin at a run's newest whole checkpoint, or at RUN/checkpoints/STEP: everything " +
                    "goes on that the recipe still has, what it has not is said; RUN stays as it is"
            ],
    )
    var fork: Path? = null

    @Option(
        names = [FORK_RETRIES],
        paramLabel = "N",
        description =
            [
                "with $FORK, of a run that went back after divergences: goes on as it did after " +
                    "the first N of its returns, and so into the next divergence (default: all)"
            ],
    )
    var forkRetries: Int? = null

    /**
     * Refuses what goes not together.
     *
     * @param resuming whether the directory has a checkpoint to go on from; then only a fork may be
     *   named again, the one that the run is
     */
    fun check(directory: RunDirectory, resuming: Boolean) {
        if (weights != null && fork != null) {
            throw BadInput("$INIT: a fork has its run's weights; leave one option out")
        }
        if (forkRetries != null && fork == null) {
            throw BadInput("$FORK_RETRIES: goes with $FORK")
        }
        if (!resuming) return
        if (weights != null) {
            throw BadInput("$INIT: a resumed run has its weights already; leave one option out")
        }
        val named = fork ?: return
        val origin =
            Fork.recorded(directory).orElseThrow {
                BadInput("$FORK: ${directory.path} was not forked; leave one option out")
            }
        // Its checkpoint may be gone by now, and is not needed any more.
        val step = named.fileName.toString().toLongOrNull()
        val isSame =
            same(origin.run, named) || step == origin.step && same(origin.run, named.parent?.parent)
        if (!isSame) {
            throw BadInput(
                "$FORK: ${directory.path} was forked from ${origin.run} at step ${origin.step}; " +
                    "leave one option out"
            )
        }
        val retries = forkRetries
        if (retries != null && retries != origin.retries) {
            throw BadInput(
                "$FORK_RETRIES: ${directory.path} was forked with ${origin.retries} of its run's " +
                    "returns; leave the option out"
            )
        }
    }

    private fun same(run: String, other: Path?): Boolean =
        other != null &&
            Path.of(run).toAbsolutePath().normalize() == other.toAbsolutePath().normalize()

    /** Reads what can be read before data and engine, which take longer. */
    fun open(resuming: Boolean): Beginning =
        Beginning(weights?.let(FirstWeights::open), fork?.takeIf { !resuming }?.let(::forked))

    private fun forked(place: Path): Fork =
        Fork.of(place).let { forkRetries?.let(it::retries) ?: it }

    /** The recipe, and the file of first weights if there is one. */
    fun recorded(recipe: RecordedRecipe): RecordedRecipe {
        val file = weights ?: return recipe
        return recipe.firstWeights(RecordedRecipe.Jar("${file.fileName}", Sha256.of(file)))
    }

    companion object {
        const val INIT = "--init"
        const val FORK = "--fork"
        const val FORK_RETRIES = "--fork-retries"
    }
}

/** How a new run begins. */
internal class Beginning(private val first: FirstWeights?, val fork: Fork?) {
    /** Sets a training to it, and says what was taken. */
    fun of(training: Training, log: (String) -> Unit) {
        if (first != null) {
            val own = training.networks().values.map { it.plan().name() }
            val line =
                first.load(own.associateWith(training.tensors()::getValue), training.engine())
            log("${BeginOptions.INIT}: $line")
            // The average of a generator starts with its first weights, wherever they come from.
            LateStart.of(training, averages(training))
        }
        if (fork != null) {
            log("${BeginOptions.FORK}: ${fork.begin(training)}")
            ResumeCheck.circumstances(fork.run(), training)?.let(log)
            ResumeCheck.length(fork.run(), training)
        }
    }

    private fun averages(training: Training): Set<String> =
        training
            .networks()
            .values
            .flatMap { it.parameters().keys + it.buffers().keys }
            .map(Training::average)
            .toSet()
}
