package dev.sparring.report.runs

import dev.sparring.metric.Direction
import dev.sparring.recipe.Recipe
import dev.sparring.report.chart.Column
import dev.sparring.report.chart.Part
import dev.sparring.run.MetricsTable
import dev.sparring.run.RecordedEvaluation
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunOverview
import kotlin.io.path.exists
import kotlin.jvm.optionals.getOrNull

/**
 * A figure of a run.
 *
 * @property last its last number
 * @property lastStep the step of that
 * @property best its best number; null if no direction of it is better, or none is finite
 * @property bestStep the step of that, the earliest of equal ones
 * @property conditions how it was measured: figures of other conditions cannot be compared
 */
public class RunFigure(
    public val last: Double,
    public val lastStep: Long,
    public val best: Double?,
    public val bestStep: Long?,
    public val conditions: String,
)

/** The last and the best numbers of a run, by column. */
internal object RunFigures {
    /** A seed of the measured noise: figures of other seeds are comparable. */
    private val SEED = Regex(", seed -?\\d+")

    /**
     * Reads `metrics.csv` row by row, and evaluations for figures that it does not have.
     *
     * @param recipe the run's, if it is known
     * @param torn receives a line about a row that is left out
     * @throws dev.sparring.run.RunException if a file is damaged
     */
    fun of(run: RunOverview, recipe: Recipe?, torn: (String) -> Unit): Map<String, RunFigure> {
        val found = LinkedHashMap<String, Collected>()
        val columns = columns(run.directory, found, torn)
        val conditions = conditions(run, recipe)
        val ofMetrics =
            columns.mapNotNull { name ->
                found[name]?.let { name to it.figure(if (isMeasured(name)) conditions else "") }
            }
        return ofEvaluations(run.directory) + ofMetrics
    }

    private fun columns(
        run: RunDirectory,
        found: MutableMap<String, Collected>,
        torn: (String) -> Unit,
    ): List<String> {
        if (!run.metrics().exists()) return emptyList()
        return MetricsTable.read(
            run,
            { row ->
                row.figures.forEach { (name, value) ->
                    found.getOrPut(name) { Collected(name) }.add(row.step, value)
                }
            },
            { torn(it) },
        )
    }

    private fun ofEvaluations(run: RunDirectory): Map<String, RunFigure> {
        val all = RecordedEvaluation.all(run)
        return all.flatMap { it.figures.keys }
            .distinct()
            .sorted()
            .associateWith { name ->
                val own = all.filter { name in it.figures }
                val conditions = own.last().conditions
                val collected = Collected(name)
                own.filter { it.conditions == conditions }
                    .forEach { collected.add(it.step, it.figures.getValue(name)) }
                collected.figure(conditions)
            }
    }

    private fun conditions(run: RunOverview, recipe: Recipe?): String {
        val own = run.conditions.joinToString("; ") { it.replace(SEED, "") }
        val compared = recipe?.evaluate?.data ?: return own
        return "$own, compared with $compared"
    }

    /** Whether the column depends on how samples are measured; an unknown one may. */
    private fun isMeasured(column: String): Boolean {
        val group = Column(column).group
        return group == null || group.part == Part.QUALITY
    }

    private class Collected(name: String) {
        private val direction = Direction.of(name).getOrNull()
        private var last = Double.NaN
        private var lastStep = 0L
        private var best: Double? = null
        private var bestStep: Long? = null

        fun add(step: Long, value: Double) {
            last = value
            lastStep = step
            if (direction == null || !value.isFinite()) return
            val before = best
            if (before == null || direction.isBetter(value, before)) {
                best = value
                bestStep = step
            }
        }

        fun figure(conditions: String) = RunFigure(last, lastStep, best, bestStep, conditions)
    }
}
