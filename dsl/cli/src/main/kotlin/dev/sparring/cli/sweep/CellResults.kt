package dev.sparring.cli.sweep

import dev.sparring.dsl.sweep.SweepCell
import dev.sparring.metric.Direction
import dev.sparring.random.RandomStream
import dev.sparring.random.Seed
import dev.sparring.statistics.Bootstrap
import dev.sparring.statistics.ClopperPearson
import dev.sparring.statistics.Interval
import dev.sparring.statistics.Moments

internal const val LEVEL = 0.95
internal const val RESAMPLES = 10_000

/** Fewer runs have neither intervals of means nor p-values. */
internal const val ENOUGH = 3

/** The runs of a cell, in the order of the sweep's seeds. */
internal class CellResults(val cell: SweepCell, val runs: List<SweepResult>) {
    /** Those that reached their end; they have figures. */
    val survived: Int = runs.count { it.isComplete }

    /** Those that did not, or exceeded the sweep's limits. */
    val failures: Int = runs.count { !it.isGood }

    /** Those that diverged and were allowed to go on from a checkpoint. */
    val retried: Int = runs.count { it.retries > 0 }

    /** Of the rate of failures. */
    val failureInterval: Interval = ClopperPearson.interval(failures, runs.size, LEVEL)

    /** A measure over the cell's runs. */
    fun measured(name: String) = Measured(this, name)

    /** Random numbers that depend on the names of cell and measure only. */
    fun stream(purpose: String, measure: String): RandomStream =
        Seed(0).stream("sweep $purpose ${cell.folder} $measure")
}

/** One measure of a cell: mean, deviation and interval are those of the runs that survived. */
internal class Measured(private val results: CellResults, val name: String) {
    /** Of the runs that survived and have the figure. */
    val values: DoubleArray = results.runs.mapNotNull { it.figures[name] }.toDoubleArray()

    val isEnough: Boolean = values.size >= ENOUGH && values.all(Double::isFinite)
    val mean: Double? = if (values.isEmpty()) null else Moments.mean(values)
    val deviation: Double? = if (values.size < 2) null else Moments.standardDeviation(values)
    val interval: Interval? by lazy {
        if (isEnough) Bootstrap.mean(values, LEVEL, RESAMPLES, results.stream("bootstrap", name))
        else null
    }

    /** Whether every run that reached its end has the figure; otherwise they cannot be ranked. */
    val isWhole: Boolean = values.size == results.survived

    /**
     * Each run's figure, turned so that lower is better. A run that failed is worse than every
     * figure, and so is a figure that is no finite number.
     */
    fun scores(direction: Direction): DoubleArray =
        results.runs
            .map { run ->
                val figure = run.figures[name]?.takeIf { run.isGood && it.isFinite() }
                when {
                    figure == null -> Double.POSITIVE_INFINITY
                    direction == Direction.LOWER -> figure
                    else -> -figure
                }
            }
            .toDoubleArray()
}
