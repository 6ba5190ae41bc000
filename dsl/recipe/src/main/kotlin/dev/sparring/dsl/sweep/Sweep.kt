package dev.sparring.dsl.sweep

import dev.sparring.metric.Direction
import dev.sparring.recipe.Recipe

/** One recipe trained in variations, each from several seeds. */
public class Sweep
internal constructor(
    /** Its name, under the same rules as a recipe's. */
    public val name: String,
    /** The settings that vary, by their paths. */
    public val axes: List<String>,
    /** Every combination of the axes' values, the last axis turning fastest. */
    public val cells: List<SweepCell>,
    /** The seeds that each cell is trained with, all different. */
    public val seeds: List<Long>,
    /** Columns of metrics that are summarized. */
    public val measures: List<String>,
    /** Upper limits of columns; a run above one counts as a failure. */
    public val limits: Map<String, Double>,
    /** What is compared with a baseline, and how; null if the sweep does not ask for it. */
    public val comparison: SweepComparison?,
    /** Which values are better, of the measures where it is known or stated. */
    public val directions: Map<String, Direction>,
    /**
     * The axes of seeds whose components of variance it prints, `train.seeds.weights`; may be none.
     */
    public val crossedSeeds: List<String>,
) {
    /** Whether the sweep asks for the significance of differences from a baseline. */
    public val compares: Boolean
        get() = comparison != null

    /**
     * The baseline of a cell: the cell with the baseline's values, and with the cell's own values
     * on the axes that the baseline does not name. Null if there is nothing to compare, as for a
     * baseline itself.
     */
    public fun baselineOf(cell: SweepCell): SweepCell? {
        val labels = cell.labels + (comparison ?: return null).baseline
        return cells.first { it.labels == labels }.takeIf { it !== cell }
    }
}

/** One combination of the axes' values, or another variation of a recipe. */
public class SweepCell(
    /** The labels of the values, in the order of the axes. */
    public val labels: Map<String, String>,
    /** A folder name that is unique within the sweep. */
    public val folder: String,
    /** The recipe with this cell's values, from the base recipe's own seed. */
    public val recipe: Recipe,
) {
    /** The cell's name. */
    public val title: String = labels.values.joinToString(", ").ifEmpty { folder }

    /** The same recipe with another seed. */
    public fun recipe(seed: Long): Recipe = recipe.train(recipe.train.seed(seed))
}
