package dev.sparring.cli.reproduce

import dev.sparring.cli.BadInput
import dev.sparring.cli.LoadedRecipe
import dev.sparring.cli.Words
import dev.sparring.file.Json
import dev.sparring.file.RegularFile
import dev.sparring.file.Sha256
import dev.sparring.run.Circumstances
import dev.sparring.run.Fork
import dev.sparring.run.MetricsTable
import dev.sparring.run.RecordedRecipe
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunSummary
import java.nio.file.Files
import java.nio.file.Path

/** A run as its directory records it: all that is needed to train it again. */
internal class RecordedRun
private constructor(
    private val run: RunDirectory,
    private val facts: Map<String, Any?>,
    private val own: RecordedRecipe,
    val loaded: LoadedRecipe,
) {
    /** What one start trained, up to where the next began. */
    class Part(
        val from: Long,
        val steps: Long?,
        val engine: String,
        val device: String,
        /** Of each process. */
        val threads: Int?,
        val processes: Int,
        val circumstances: Circumstances,
    )

    /** The starts that trained what the run has, without what later ones threw away. */
    val parts: List<Part> = parts()

    val isPortable: Boolean = loaded.recipe.train.portable

    val recipe: Path = own.script.map { LoadedRecipe.chosen(run, it) }.orElse(run.recipe())

    val changes: List<String> = own.changes

    /** The SHA-256 of its data; null if an earlier version did not record it. */
    val data: String? = facts["data"] as? String

    /** The file of first weights; null if all were drawn, or an earlier version did not say. */
    val init: RecordedRecipe.Jar? = own.init.orElse(null)

    /** Where it was forked from; null if it began at step 0. */
    val fork: Fork.Origin? = Fork.recorded(run).orElse(null)

    val status: String = facts["status"] as? String ?: "unknown"

    /** The last step of which anything is kept. */
    val lastKept: Long = lastKept()

    /** Where the repetition ends; null if it ends by itself. */
    val end: Long? =
        when (status) {
            "completed" -> null
            // It diverges in the next step, or the repetition has shown that it does not.
            "diverged" -> maxOf(1, lastKept, number("lastStep")) + 1
            else -> maxOf(1, lastKept)
        }

    /** How often it went back after a divergence. */
    val retries: Int = (facts["retries"] as? List<*>)?.size ?: 0

    /**
     * How many checkpoints the repetition keeps: more than the run, since it stops at steps of its
     * own too; but where a run goes back to depends on which it has.
     */
    val keep: Int =
        loaded.recipe.output.keepCheckpoints.let {
            if (retries > 0) it else maxOf(it, run.checkpointSteps().size) + parts.size + 1
        }

    private fun number(name: String) = (facts[name] as? Number)?.toLong() ?: 0

    private fun lastKept(): Long {
        val kept = run.checkpointSteps() + run.sampleSteps()
        val done = if (status == "stopped" || status == "completed") number("lastStep") else 0
        return maxOf(kept.maxOrNull() ?: 0, lastRow(), done)
    }

    private fun lastRow(): Long {
        var last = 0L
        if (Files.exists(run.metrics())) MetricsTable.read(run, { last = it.step }, {})
        return last
    }

    private fun parts(): List<Part> {
        val all = mutableListOf<Part>()
        for (recorded in Circumstances.recorded(run)) {
            val from = recorded.from
            while (all.isNotEmpty() && all.last().from >= from) all.removeLast()
            val where = recorded.circumstances
            fun fact(name: String) =
                where.facts[name] as? String
                    ?: throw BadInput("${run.provenance()}: is damaged: it has no $name")
            all +=
                Part(
                    from,
                    recorded.steps.takeIf { it > 0 },
                    fact("engine"),
                    fact("device"),
                    where.threads().toIntOrNull(),
                    (where.facts["processes"] as? Number)?.toInt() ?: 1,
                    where,
                )
        }
        return all
    }

    companion object {
        /** @throws BadInput if the directory lacks what a repetition needs, or was changed */
        fun of(run: RunDirectory, words: Words): RecordedRun {
            if (!Files.isRegularFile(run.provenance())) {
                throw BadInput(
                    "${run.provenance()}: no such file; without it nothing says what ran"
                )
            }
            RunSummary.of(run) // refuses a damaged one
            val facts = Json.read(RegularFile.bytes(run.provenance()))
            requireWhole(run)
            val recorded = facts["recipe"]
            val found = Sha256.of(run.recipe())
            if (recorded is String && recorded != found) {
                throw BadInput(
                    "${run.recipe()}: was changed after the training: it has SHA-256 $found, " +
                        "run.json says $recorded"
                )
            }
            return RecordedRun(run, facts, RecordedRecipe.read(run), LoadedRecipe.of(run, words))
        }

        /** Before the training, not after it: what is damaged cannot be compared. */
        private fun requireWhole(run: RunDirectory) {
            for (step in run.checkpointSteps()) {
                val checkpoint = run.checkpoint(step)
                checkpoint.problem().ifPresent {
                    throw BadInput(
                        "${checkpoint.path()}: is damaged ($it), so the run cannot be compared " +
                            "there; move it out of the run to compare what is left"
                    )
                }
            }
        }
    }
}
