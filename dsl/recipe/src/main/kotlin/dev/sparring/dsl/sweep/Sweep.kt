package dev.sparring.dsl.sweep

import dev.sparring.recipe.Recipe

/** One recipe trained in variations, each from several seeds. */
public class Sweep
internal constructor(
    /** What it is called; a recipe's name would do. */
    public val name: String,
    /** The settings that vary, by their paths. */
    public val axes: List<String>,
    /** Every combination of the axes' values, the last axis turning fastest. */
    public val cells: List<SweepCell>,
    /** The seeds that each cell is trained from, all different. */
    public val seeds: List<Long>,
    /** Columns of metrics that are summed up. */
    public val measures: List<String>,
    /** The most that a column may be without the run counting as a failure. */
    public val limits: Map<String, Double>,
    private val baseline: Map<String, String>,
) {
    /** Whether the sweep asks for the significance of differences from a baseline. */
    public val compares: Boolean
        get() = baseline.isNotEmpty()

    /**
     * What a cell is compared with: the cell of the baseline's values, and of the cell's own on the
     * axes that the baseline does not name. Null where there is nothing to compare, as for a
     * baseline itself.
     */
    public fun baselineOf(cell: SweepCell): SweepCell? {
        if (!compares) return null
        val labels = cell.labels + baseline
        return cells.first { it.labels == labels }.takeIf { it !== cell }
    }
}

/** One combination of the axes' values. */
public class SweepCell
internal constructor(
    /** What the values are called, by axis, in the order of the axes. */
    public val labels: Map<String, String>,
    /** A name for a folder, which no other cell of the sweep has. */
    public val folder: String,
    /** The recipe with this cell's values, from the base recipe's own seed. */
    public val recipe: Recipe,
) {
    /** What the cell is called. */
    public val title: String = labels.values.joinToString(", ").ifEmpty { folder }

    /** The same from another seed. */
    public fun recipe(seed: Long): Recipe = recipe.train(recipe.train.seed(seed))
}
