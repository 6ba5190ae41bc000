package dev.sparring.report.runs

import dev.sparring.data.Mixture
import dev.sparring.recipe.Recipe
import dev.sparring.report.chart.Column
import dev.sparring.report.chart.Layout
import dev.sparring.run.RunOverview

/**
 * A run among others.
 *
 * @property label what tells it from the others
 * @property recipe its own, resolved; null if it is not known here
 * @property figures the last and the best numbers, by column
 */
public class ComparedRun(
    public val label: String,
    public val overview: RunOverview,
    public val recipe: Recipe?,
    public val figures: Map<String, RunFigure>,
) {
    public companion object {
        /**
         * Reads a run's figures.
         *
         * @param torn receives a line about a row of metrics that is left out
         * @throws dev.sparring.run.RunException if a file of it is damaged
         */
        @JvmStatic
        public fun of(
            label: String,
            overview: RunOverview,
            recipe: Recipe?,
            torn: (String) -> Unit,
        ): ComparedRun = ComparedRun(label, overview, recipe, RunFigures.of(overview, recipe, torn))
    }
}

/**
 * What of several runs can be compared.
 *
 * Numbers are comparable if the runs saw the same data: of the same fingerprint, or points that
 * each seed draws anew from the same mixture. Losses need the same loss and terms besides,
 * measurements of samples the same number of samples and the same features, those of a classifier
 * with its weights.
 */
public class ComparedRuns(public val runs: List<ComparedRun>) {
    /** Columns that all runs have, in the order of the first. */
    public val shared: List<String> =
        runs.first().figures.keys.filter { name -> runs.all { name in it.figures } }

    private val dataProblem: String? = dataProblem()
    private val lossProblem: String? = lossProblem()
    private val measured: Map<String, List<String>> = measuredDifferently()

    /** The shared columns whose numbers can be compared. */
    public val comparable: List<String> = shared.filter { isComparable(it) }

    /** Why others cannot, a line each. */
    public val problems: List<String> =
        if (dataProblem != null) listOf(dataProblem)
        else
            listOfNotNull(lossProblem) +
                measured.entries.groupBy({ it.value }, { it.key }).map { (conditions, names) ->
                    "${names.joinToString(", ")}: measured in different ways, not " +
                        "comparable: " +
                        runs.indices.joinToString("; ") { "${runs[it].label}: ${conditions[it]}" }
                }

    /** Whether a column's numbers can be compared, be it that only some of the runs have it. */
    public fun isComparable(column: String): Boolean =
        dataProblem == null && column !in measured && !(lossProblem != null && column in LOSSES)

    /** Columns that only some have, by label. */
    public fun onlySome(): Map<String, List<String>> =
        runs
            .associate { run -> run.label to run.figures.keys.filter { it !in shared } }
            .filterValues { it.isNotEmpty() }

    private fun dataProblem(): String? {
        val unknown = runs.filter { it.overview.data.isEmpty() }
        if (runs.size > 1 && unknown.isNotEmpty()) {
            return "no figures are compared: nothing says on which data " +
                "${unknown.joinToString(", ") { it.label }} was trained"
        }
        val other = runs.find { !sawSame(runs.first(), it) } ?: return null
        return "no figures are compared, since the runs saw different data: " +
            listOf(runs.first(), other).joinToString("; ") {
                "${it.label}: SHA-256 ${it.overview.data.take(DIGITS)}..."
            }
    }

    private fun lossProblem(): String? {
        val known = runs.mapNotNull { run -> run.recipe?.let { run to it } }
        val first = known.firstOrNull()?.second ?: return null
        val other =
            known.find { (_, recipe) -> recipe.loss != first.loss || recipe.terms != first.terms }
                ?: return null
        return "loss_d, loss_g: not comparable, since ${known.first().first.label} and " +
            "${other.first.label} have other losses or terms"
    }

    /** The conditions of each run by column, where they differ. */
    private fun measuredDifferently(): Map<String, List<String>> =
        runs
            .flatMap { it.figures.keys }
            .distinct()
            .associateWith { name -> runs.map { it.figures[name]?.conditions ?: NONE } }
            .filterValues { all -> all.filter { it != NONE }.distinct().size > 1 }

    public companion object {
        /**
         * Splits runs into those that saw the same data; a run that does not say which is alone.
         */
        @JvmStatic
        public fun byData(runs: List<ComparedRun>): List<ComparedRuns> {
            val groups = mutableListOf<MutableList<ComparedRun>>()
            for (run in runs) {
                val own =
                    groups.find {
                        it.first().overview.data.isNotEmpty() && sawSame(it.first(), run)
                    }
                if (own == null) groups += mutableListOf(run) else own += run
            }
            return groups.map(::ComparedRuns)
        }

        private fun sawSame(a: ComparedRun, b: ComparedRun): Boolean {
            if (a.overview.data == b.overview.data) return true
            val data = a.recipe?.data ?: return false
            // Measured by its modes, not by the points that a seed draws.
            return data is Mixture && data == b.recipe?.data && a.overview.seed != b.overview.seed
        }

        private val LOSSES = setOf("loss_d", "loss_g")
        private const val DIGITS = 12
        private const val NONE = "not measured"

        /** Whether a column is of one weight of a network: there are too many for a table. */
        @JvmStatic
        public fun isOfWeight(column: String): Boolean =
            Column(column).group?.layout == Layout.WEIGHTS
    }
}
