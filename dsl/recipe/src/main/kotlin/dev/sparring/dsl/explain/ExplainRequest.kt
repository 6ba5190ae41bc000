package dev.sparring.dsl.explain

import dev.sparring.metric.Direction

/**
 * What is asked about two recipes.
 *
 * @property name of the sweep
 * @property figures columns of metrics; none for the first measured one whose direction is known
 * @property direction which values of figures are better where that is not known; null if not said
 * @property seeds at least one, all different
 * @property permutations how many orders are drawn; null for all
 * @property permutationSeed of the orders
 * @property joins lists of names, or of their beginnings, of what is changed together
 */
public data class ExplainRequest(
    val name: String,
    val figures: List<String>,
    val direction: Direction?,
    val seeds: List<Long>,
    val permutations: Int?,
    val permutationSeed: Long,
    val joins: List<List<String>>,
)
