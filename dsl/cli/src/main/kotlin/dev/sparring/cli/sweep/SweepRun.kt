package dev.sparring.cli.sweep

import dev.sparring.cli.BadInput
import dev.sparring.cli.LoadedRecipe
import dev.sparring.cli.ResumeCheck
import dev.sparring.cli.TrainCommand
import dev.sparring.cli.Words
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.dsl.sweep.SweepCell
import dev.sparring.file.AtomicFile
import dev.sparring.recipe.Recipe
import dev.sparring.run.RecordedRecipe
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunSummary
import java.nio.file.Files
import java.nio.file.Path

/**
 * One cell of a sweep with one seed, or a run of a command that is a sweep underneath.
 *
 * @param command whose run it is, for messages
 * @param more arguments of its training
 * @param end the step that it is stopped after; null for its recipe's last
 */
internal class SweepRun(
    /** Such as [3/15]. */
    val number: String,
    val cell: SweepCell,
    val seed: Long,
    private val root: Path,
    val words: Words,
    private val command: String = "sweep",
    private val more: List<String> = emptyList(),
    private val end: Long? = null,
) {
    val folder: Path = root.resolve(cell.folder)
    val directory = RunDirectory(folder.resolve("seed-$seed"))
    val title = "$number ${cell.title}, seed $seed"
    val recipe: Recipe
        get() = cell.recipe(seed)

    /** How far a run is. */
    enum class State(val word: String) {
        NEW("to be run"),
        BEGUN("to be resumed"),
        OVER("finished"),
    }

    /**
     * How far it is; a run directory with other settings than this sweep's is refused.
     *
     * @param device as a device names itself
     */
    fun state(engine: String, device: String): State {
        if (!directory.isUsed) return State.NEW
        if (Files.isRegularFile(directory.recipe())) {
            val own = LoadedRecipe.of(directory, words).recipe.resolved()
            val wanted = recipe.resolved()
            val difference =
                if (own == wanted) null else ResumeCheck.firstDifference(own, wanted, words.format)
            if (difference != null) {
                val (before, now) = difference
                throw BadInput(
                    "${directory.path}: the run was begun with '$before', the $command now has " +
                        "'$now'; a changed $command needs another --out"
                )
            }
        }
        // A program's run is not the sweep's, whatever its recipe was.
        if (RecordedRecipe.isOfProgram(directory)) RecordedRecipe.read(directory)
        val summary = RunSummary.of(directory).orElse(null) ?: return State.BEGUN
        if (summary.engine != engine || summary.device != device) {
            throw BadInput(
                "${directory.path}: the run was begun on ${summary.engine}, ${summary.device}, the " +
                    "$command now asks for $engine, $device; another engine needs another --out"
            )
        }
        val isOver = summary.isFinal || isAtEnd(summary)
        return if (isOver) State.OVER else State.BEGUN
    }

    /** Whether it was stopped where it shall be, or later by hand. */
    private fun isAtEnd(summary: RunSummary) =
        end != null && summary.status == "stopped" && summary.lastStep >= end

    /**
     * Writes its recipe for the process that trains it, and returns that one's command.
     *
     * @throws java.io.IOException if it cannot be written
     */
    fun begin(options: List<String>): List<String> {
        Files.createDirectories(folder)
        val text = folder.resolve("recipe.yaml")
        AtomicFile.writeText(text, words.format.toYaml(cell.recipe))
        return listOf("train", "$text", "--out", "${directory.path}") +
            listOf("--seed", "$seed", TrainCommand.END_WITH_PARENT) +
            end?.let { listOf(TrainCommand.STOP_AFTER, "$it") }.orEmpty() +
            more +
            options
    }

    companion object {
        /** All runs, every cell with all seeds. */
        fun all(sweep: Sweep, root: Path, words: Words): List<SweepRun> {
            val count = sweep.cells.size * sweep.seeds.size
            val runs = sweep.cells.flatMap { cell -> sweep.seeds.map { cell to it } }
            return runs.mapIndexed { i, (cell, seed) ->
                SweepRun("[${i + 1}/$count]", cell, seed, root, words)
            }
        }
    }
}
