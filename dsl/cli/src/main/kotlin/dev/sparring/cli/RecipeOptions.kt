package dev.sparring.cli

import java.nio.file.Path
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

/** A recipe file, and what the command line changes in it. */
internal class RecipeOptions {
    @Parameters(
        paramLabel = "RECIPE",
        description =
            [
                "a .gan.kts, .yaml or .json file; of a script with several recipes one, by its " +
                    "number or name: rings.gan.kts#2"
            ],
    )
    lateinit var file: Path

    @Option(
        names = ["--set"],
        paramLabel = "path=value",
        description = ["changes one setting, e.g. --set train.batch=32; may be repeated"],
    )
    var overrides: List<String> = emptyList()

    @Mixin val own: WordOptions = WordOptions()

    val words: Words
        get() = own.words

    fun load(more: List<String> = emptyList()): LoadedRecipe =
        LoadedRecipe.read(file, overrides + more, words)

    /** All recipes of the file, unless one of them is chosen. */
    fun loadAll(): List<LoadedRecipe> = LoadedRecipe.readAll(file, overrides, words)
}
