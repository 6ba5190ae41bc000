package dev.sparring.dsl

import dev.sparring.dsl.sweep.BASELINE
import dev.sparring.dsl.sweep.COMPARE
import dev.sparring.dsl.sweep.DefinedAxis
import dev.sparring.dsl.sweep.FIGURES
import dev.sparring.dsl.sweep.HIGHER
import dev.sparring.dsl.sweep.LIMIT
import dev.sparring.dsl.sweep.LOWER
import dev.sparring.dsl.sweep.MEASURE
import dev.sparring.dsl.sweep.RECIPE
import dev.sparring.dsl.sweep.SEEDS
import dev.sparring.dsl.sweep.SweepDefinition
import dev.sparring.dsl.sweep.TEST
import dev.sparring.dsl.sweep.VARIANCE
import dev.sparring.recipe.Recipe

/**
 * A sweep: a recipe in variations, each trained with several seeds.
 *
 * ```
 * sweep("norms") {
 *     recipe = gan { ... }
 *     axis("discriminator.norm", none, sn, bssn(1.4))
 *     axis("generator.init", "small" to normal(0.02), "orthogonal" to orthogonal)
 *     seeds(5)
 *     compare("discriminator.norm" to none)
 * }
 * ```
 *
 * @param name the name of its folder: letters, digits, `.`, `_` and `-`; by default that of the
 *   script
 */
public fun sweep(name: String? = null, settings: SweepScope.() -> Unit): SweepDefinition =
    SweepScope(name, null).apply(settings).build()

/** The settings of a sweep, inside `sweep { }`: the same as those of its text. */
@GanDsl
public class SweepScope
internal constructor(private val name: String?, private val sites: CallSites?) {
    private val axes = mutableListOf<DefinedAxis>()
    private val given = LinkedHashMap<String, Any>()
    private val calls = LinkedHashMap<String, CallSites.Call>()

    /** The recipe that is varied; has to be given. */
    public var recipe: Recipe? = null
        set(value) {
            field = value
            sites?.here()?.let { calls[RECIPE] = it }
        }

    /**
     * A setting that varies. The cells of the sweep are all combinations of the axes' values.
     *
     * @param path the setting, e.g. `discriminator.norm` or `train.batch`
     * @param values what it is set to: words, numbers, texts, or any of these with a label in
     *   front, `"small" to normal(0.02)`, for all values or for none
     */
    public fun axis(path: String, vararg values: Any?) {
        val labelled = values.filterIsInstance<Pair<*, *>>()
        require(labelled.isEmpty() || labelled.size == values.size) {
            "axis $path: either all values have a label, or none"
        }
        require(labelled.all { it.first is String }) { "axis $path: a label must be a text" }
        axes +=
            DefinedAxis(
                path,
                if (labelled.isEmpty()) values.toList() else labelled.map { it.second },
                if (labelled.isEmpty()) null else labelled.map { "${it.first}" },
                sites?.here(),
            )
    }

    /** Trains every cell with the seeds 1 to [count]; seeds have to be given. */
    public fun seeds(count: Int): Unit = set(SEEDS, count)

    /** Trains every cell with these seeds: `seeds(1..5)`, `seeds(listOf(3, 8))`. */
    public fun seeds(seeds: Iterable<Number>): Unit = set(SEEDS, seeds.toList())

    /** The columns of metrics that are summarized; by default losses and measured samples. */
    public fun measure(vararg columns: String): Unit = set(MEASURE, columns.toList())

    /** Upper limits of columns, `limit("loss_d" to 5.0)`; a run above one counts as a failure. */
    public fun limit(vararg limits: Pair<String, Number>): Unit = set(LIMIT, limits.toMap())

    /**
     * Whose luck the figures are: prints the components of variance of these seeds, each the value
     * of an axis, `axis("train.seeds.weights", 1, 2, 3)`; by default of all such axes.
     *
     * @param seeds `weights`, `order`, `noise`, `rest`
     */
    public fun variance(vararg seeds: String): Unit = set(VARIANCE, seeds.toList())

    /**
     * Asks which differences from a baseline are more than chance, in figures and in failures:
     * `compare("discriminator.norm" to none)`.
     *
     * @param baseline axes, each with one of its values or labels
     * @param test how figures are compared
     * @param figures measured columns to compare; by default all, or of the default columns those
     *   of which it is known whether lower or higher values are better
     * @param lower columns whose lower values are better, where it is not known, as of losses and
     *   your own gauges; the test of means needs neither
     * @param higher columns whose higher values are better
     */
    public fun compare(
        vararg baseline: Pair<String, Any?>,
        test: ComparisonTest = ComparisonTest.WORST_RANK,
        figures: List<String> = emptyList(),
        lower: List<String> = emptyList(),
        higher: List<String> = emptyList(),
    ) {
        val columns = mapOf(FIGURES to figures, LOWER to lower, HIGHER to higher)
        val given = columns.filterValues { it.isNotEmpty() }
        set(COMPARE, mapOf(BASELINE to baseline.toMap(), TEST to test) + given)
    }

    private fun set(key: String, value: Any) {
        given[key] = value
        sites?.here()?.let { calls[key] = it }
    }

    internal fun build(): SweepDefinition {
        sites?.here()?.let { calls[""] = it }
        return SweepDefinition(name, recipe, axes, given, calls, sites)
    }
}
