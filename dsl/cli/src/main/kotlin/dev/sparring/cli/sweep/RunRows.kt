package dev.sparring.cli.sweep

import dev.sparring.dsl.sweep.Sweep

/** The table of a sweep's runs. */
internal object RunRows {
    /** A row for each run: its figures, and what tells whether it came out as another did. */
    fun csv(sweep: Sweep, results: List<SweepResult>): String {
        val header =
            listOf("cell") +
                sweep.axes +
                listOf("seed", "status", "step", "retries") +
                sweep.measures +
                RunFacts.names
        val body =
            results.map { result ->
                val cell = result.run.cell
                listOf(cell.folder) +
                    cell.labels.values +
                    listOf("${result.run.seed}", result.status) +
                    listOf("${result.lastStep}", "${result.retries}") +
                    sweep.measures.map { result.figures[it]?.toString().orEmpty() } +
                    RunFacts.of(result.run.directory)
            }
        return csv(listOf(header) + body)
    }
}
