package dev.sparring.cli

import java.nio.file.Path
import picocli.CommandLine.Parameters

/** Two recipes that a command compares. */
internal class TwoRecipes {
    @Parameters(
        index = "0",
        paramLabel = "A",
        description = ["a .gan.kts, .yaml or .json file, or a run directory"],
    )
    lateinit var first: Path

    @Parameters(index = "1", paramLabel = "B", description = ["another"]) lateinit var second: Path

    val all: List<Path>
        get() = listOf(first, second)

    override fun toString(): String = "$first and $second"
}
