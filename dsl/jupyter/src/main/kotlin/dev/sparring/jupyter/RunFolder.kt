package dev.sparring.jupyter

import dev.sparring.recipe.Recipe
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import java.nio.file.Path

/** Where the runs of a recipe are: in [given], or beside each other under its name and seed. */
internal class RunFolder(recipe: Recipe, private val given: Path?) {
    private val standard =
        RunDirectory.standard(Path.of("runs"), recipe.name, recipe.train.seed).path

    /** One for a new run. */
    fun free(): RunDirectory =
        if (given == null) all().first { !it.isUsed }
        else
            RunDirectory(given).also {
                if (it.isUsed) {
                    throw RunException("$given: has a run already; resume = true goes on with it")
                }
            }

    /** One with a run. */
    fun begun(): RunDirectory {
        val run = given?.let(::RunDirectory) ?: all().takeWhile { it.isUsed }.lastOrNull()
        if (run == null || run.latest().isEmpty) {
            throw RunException("${run?.path ?: standard}: has no checkpoint to resume")
        }
        return run
    }

    private fun all(): Sequence<RunDirectory> =
        generateSequence(1) { it + 1 }
            .map { if (it == 1) standard else standard.resolveSibling("${standard.fileName}-$it") }
            .map(::RunDirectory)
}
