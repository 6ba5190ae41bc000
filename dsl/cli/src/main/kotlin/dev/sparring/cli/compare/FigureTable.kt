package dev.sparring.cli.compare

import dev.sparring.cli.ProgressLines
import dev.sparring.cli.columns
import dev.sparring.metric.Direction
import dev.sparring.report.runs.ComparedRun
import dev.sparring.report.runs.ComparedRuns
import dev.sparring.report.runs.RunFigure
import kotlin.jvm.optionals.getOrNull

/**
 * Figures of runs side by side: a row for each column, the last and the best number of each run.
 */
internal class FigureTable(private val compared: ComparedRuns, private val names: List<String>) {
    private val runs = compared.runs

    fun text(): String {
        // A run has a second column only if any figure has a direction.
        val hasBest = names.any { Direction.of(it).isPresent }
        val header =
            listOf("figure", "better") +
                runs.flatMap { listOf(it.label) + if (hasBest) listOf("best") else emptyList() }
        val rows =
            names.map { name ->
                val direction = Direction.of(name).getOrNull()
                val best = direction?.let { best(name, it) }
                listOf(name, direction?.word() ?: NOTHING) +
                    runs.flatMap { run ->
                        val figure = run.figures.getValue(name)
                        listOf(at(figure.last, figure.lastStep)) +
                            if (hasBest) listOf(best(figure, best)) else emptyList()
                    }
            }
        return columns(listOf(header) + rows, right = emptySet())
    }

    private fun best(name: String, direction: Direction): Double? =
        runs
            .mapNotNull { it.figures.getValue(name).best }
            .reduceOrNull { a, b -> if (direction.isBetter(b, a)) b else a }

    private fun best(figure: RunFigure, best: Double?): String {
        val own = figure.best ?: return NOTHING
        return at(own, checkNotNull(figure.bestStep)) + if (own == best) " *" else ""
    }

    private fun at(value: Double, step: Long) = "${ProgressLines.figure(value)} at $step"

    companion object {
        private const val NOTHING = "-"

        /** What the runs are, below their labels. */
        fun overview(runs: List<ComparedRun>): String {
            fun row(name: String, of: (ComparedRun) -> String) = listOf(name) + runs.map(of)
            val rows =
                listOf(
                    listOf("") + runs.map { it.label },
                    row("name") { it.overview.name },
                    row("seed") { run ->
                        if (run.overview.seed.isPresent) "${run.overview.seed.asLong}" else NOTHING
                    },
                    row("state") { it.overview.state.word() },
                    row("steps") { run ->
                        val steps = run.overview.steps
                        "${run.overview.step}" + if (steps.isPresent) "/${steps.asLong}" else ""
                    },
                )
            return columns(rows, right = emptySet())
        }
    }
}
