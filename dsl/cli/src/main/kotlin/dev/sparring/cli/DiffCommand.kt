package dev.sparring.cli

import dev.sparring.run.Circumstances
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunOverview
import dev.sparring.setting.Shown
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin

@Command(
    name = "diff",
    description =
        [
            "Prints how two recipes differ in effect, hidden defaults included, the most " +
                "consequential first.",
            "A run directory stands for the recipe that it was trained with. Of two runs also " +
                "what differs in their data and circumstances: engine, threads, processor, versions.",
        ],
    mixinStandardHelpOptions = true,
)
internal class DiffCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin val two: TwoRecipes = TwoRecipes()

    @Mixin val own: WordOptions = WordOptions()

    override fun call(): Int {
        val (a, b) = two.all.map { read(it) }
        val differences = RecipeDifferences(a, b, own.words)
        differences.limits?.let(terminal::log)
        if (differences.isEmpty) {
            terminal.out.println("$two are ${differences.equal}")
        } else {
            terminal.out.print(differences.table("${two.first}", "${two.second}"))
        }
        if (two.all.all(Files::isDirectory)) {
            circumstances(RunDirectory(two.first), RunDirectory(two.second))
        }
        return ExitCode.DONE
    }

    private fun read(path: Path): LoadedRecipe =
        if (Files.isDirectory(path)) LoadedRecipe.of(existingRun(path), own.words)
        else LoadedRecipe.read(path, emptyList(), own.words)

    /** The last process of each run is compared. */
    private fun circumstances(a: RunDirectory, b: RunDirectory) {
        val parts = listOf(a, b).map { run -> Circumstances.recorded(run) }
        for ((run, own) in listOf(a, b).zip(parts)) {
            if (own.isEmpty()) {
                terminal.log(
                    "${run.provenance()}: no such file, so data and circumstances are not compared"
                )
            } else if (own.size > 1) {
                terminal.log(
                    "${run.path}: was trained by ${own.size} processes; the last one is compared"
                )
            } else if (own.last().circumstances.libraries.isEmpty()) {
                terminal.log(
                    "${run.path}: an earlier version trained it, which did not record threads, " +
                        "processor and kernels"
                )
            }
        }
        if (parts.any { it.isEmpty() }) return
        val (before, after) = parts.map { it.last().circumstances }
        val rows = data(a, b) + before.changes(after).map { listOf(it.name, it.before, it.after) }
        terminal.out.println()
        if (rows.isEmpty()) {
            terminal.out.println("nothing that is recorded of their data and circumstances differs")
            return
        }
        val header = listOf("circumstance", "${two.first}", "${two.second}")
        val shown = rows.map { row -> row.map { Shown.line(it) } }
        terminal.out.print(columns(listOf(header) + shown, right = emptySet()))
    }

    private fun data(a: RunDirectory, b: RunDirectory): List<List<String>> {
        val (one, other) = listOf(a, b).map { RunOverview.of(it).data.ifEmpty { UNKNOWN } }
        return if (one == other) emptyList() else listOf(listOf("data SHA-256", one, other))
    }

    private companion object {
        const val UNKNOWN = "not recorded"
    }
}
