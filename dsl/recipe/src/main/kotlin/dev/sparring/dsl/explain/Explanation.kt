package dev.sparring.dsl.explain

import dev.sparring.dsl.sweep.Sweep
import dev.sparring.statistics.Shapley

/** What it takes to explain the difference between two recipes: moves, orders, and a sweep. */
public class Explanation
internal constructor(
    /** What leads from the first recipe to the second. */
    public val moves: List<Move>,
    /** What differs and is no move, a line each. */
    public val notes: List<String>,
    /** Orders of the moves that are taken; null for all. */
    public val orders: List<IntArray>?,
    /** Whether each second order is the reverse of the one before it. */
    public val arePairs: Boolean,
    /** The seed that they are drawn from. */
    public val orderSeed: Long,
    /** The mixtures that are trained, that of no move first and that of all moves last. */
    public val sweep: Sweep,
    private val cells: Map<Long, Int>,
) {
    /** Which sets of moves count. */
    public val sets: List<Long> =
        (if (orders == null) Shapley.allOrders(moves.size) else Shapley.orders(orders)).sets()

    /** The number of the sweep's cell that trains a set of moves; null if none does. */
    public fun cell(set: Long): Int? = cells[set]
}
