package dev.sparring.cli.sweep

import dev.sparring.cli.BadInput
import dev.sparring.cli.ExitCode
import dev.sparring.cli.Terminal
import java.nio.file.Path
import picocli.CommandLine.Option

/** Training a cell of a kept table again. */
internal class VerifyOptions {
    @Option(
        names = ["--verify"],
        paramLabel = "RUNS.csv",
        description =
            [
                "trains a cell again, in a folder that is deleted unless --out names one, and " +
                    "compares each run with its row of this table, the runs.csv of the sweep: " +
                    "final weights, figures; exit code ${ExitCode.DIFFERENT} if something differs"
            ],
    )
    var table: Path? = null

    @Option(
        names = ["--cell"],
        paramLabel = "CELL",
        description = ["with --verify: which cell (default: the table's first)"],
    )
    var cell: String? = null

    @Option(
        names = ["--seed"],
        paramLabel = "N",
        description = ["with --verify: one seed of the cell (default: all in the table)"],
    )
    var seed: Long? = null

    /**
     * The verification that is asked for; null if none is.
     *
     * @param other an option of the command that does not go with it; null if none is given
     */
    fun chosen(other: String?, terminal: Terminal): SweepVerification? {
        val file = table
        if (file == null) {
            val alone = if (cell != null) "--cell" else if (seed != null) "--seed" else return null
            throw BadInput("$alone: goes with --verify RUNS.csv")
        }
        if (other != null) throw BadInput("--verify: leave $other out; it trains one cell, whole")
        return SweepVerification(file, cell, seed, terminal)
    }
}
