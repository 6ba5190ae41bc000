package dev.sparring.cli.sweep

import dev.sparring.dsl.sweep.Sweep

/**
 * The places of a sweep's cells by a measure, from 1: by the median of all runs, one that failed
 * being worse than every figure, then by failures. So a cell that lost most of its runs comes after
 * all that lost few, however lucky its others were. Equal cells share a place.
 */
internal object Ranking {
    /** By cell, in their order; null if the measure has no direction or is missing in a run. */
    fun of(sweep: Sweep, cells: List<CellResults>, measure: String): List<Int>? {
        val direction = sweep.directions[measure] ?: return null
        if (cells.any { !it.measured(measure).isWhole }) return null
        val medians = cells.map { median(it.measured(measure).scores(direction)) to it.failures }
        return medians.map { own -> 1 + medians.count { ORDER.compare(it, own) < 0 } }
    }

    private val ORDER = compareBy<Pair<Double, Int>>({ it.first }, { it.second })

    private fun median(scores: DoubleArray): Double {
        val sorted = scores.sorted()
        return (sorted[(sorted.size - 1) / 2] + sorted[sorted.size / 2]) / 2
    }
}
