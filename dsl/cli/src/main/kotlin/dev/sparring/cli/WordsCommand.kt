package dev.sparring.cli

import dev.sparring.dsl.RecipeWords
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Parameters

@Command(
    name = "words",
    description =
        [
            "Prints every word and setting of a recipe with what it means, as Markdown; or one of them."
        ],
    mixinStandardHelpOptions = true,
)
internal class WordsCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(
        arity = "0..1",
        paramLabel = "WORD",
        description = ["a word, a section or a setting, e.g. conv, train or momentum"],
    )
    var word: String? = null

    @Mixin val own: WordOptions = WordOptions()

    override fun call(): Int {
        terminal.out.print(word?.let(::about) ?: RecipeWords.page(own.words.format))
        return ExitCode.DONE
    }

    private fun about(name: String): String =
        try {
            RecipeWords.about(name, own.words.format)
        } catch (e: IllegalArgumentException) {
            throw BadInput("sparring words: ${e.message}", e)
        }
}
