package dev.sparring.cli

import dev.sparring.dsl.diff.RecipeDiff
import dev.sparring.setting.Shown
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Parameters

@Command(
    name = "diff",
    description =
        [
            "Prints how two recipes differ in effect, hidden defaults included, the most " +
                "consequential first."
        ],
    mixinStandardHelpOptions = true,
)
internal class DiffCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(index = "0", paramLabel = "A", description = ["a .gan.kts, .yaml or .json file"])
    lateinit var first: Path

    @Parameters(index = "1", paramLabel = "B", description = ["another"]) lateinit var second: Path

    @Mixin val own: WordOptions = WordOptions()

    override fun call(): Int {
        val words = own.words
        val (a, b) = listOf(first, second).map { LoadedRecipe.read(it, emptyList(), words) }
        val differences = RecipeDiff.of(a.recipe, b.recipe, words.format)
        val opaque =
            listOf(a, b).flatMap { it.format.unwritable(it.recipe) }.map { it.path() }.distinct()
        if (opaque.isNotEmpty()) {
            terminal.log(
                "compared by their names only, for these have no text: ${opaque.joinToString()}"
            )
        }
        if (differences.isEmpty()) {
            val equal = if (opaque.isEmpty()) "equal in effect" else "equal in all that has a text"
            terminal.out.println("$first and $second are $equal")
            return ExitCode.DONE
        }
        val rows =
            differences.map {
                listOf(it.rank.word, it.path, Shown.line("${it.first}"), Shown.line("${it.second}"))
            }
        val header = listOf("", "setting", "$first", "$second")
        terminal.out.print(columns(listOf(header) + rows, right = emptySet()))
        return ExitCode.DONE
    }
}
