package dev.sparring.dsl.claim

import dev.sparring.dsl.ComparisonTest
import dev.sparring.dsl.sweep.SweepCell
import dev.sparring.metric.Direction

/** What has to be found in a sweep's results: one of a few fixed kinds. */
public sealed interface Rule {
    /** The kind's word. */
    public val word: String
    /** The column that it reads; null if it counts failures. */
    public val figure: String?
    /** It in words, after which a verdict can stand. */
    public val text: String
}

/** A limit that something has to reach, or not to exceed. */
public data class Bound(
    /** Whether it is a least value; else it is a most. */
    val isLeast: Boolean,
    val value: Double,
) {
    override fun toString(): String = "at ${if (isLeast) "least" else "most"} $value"
}

/** Runs of one cell have better figures than those of another, by more than an amount. */
public data class Better(
    override val figure: String,
    val direction: Direction,
    val cell: SweepCell,
    val than: SweepCell,
    /** In the figure's unit. */
    val by: Double,
    val test: ComparisonTest,
) : Rule {
    override val word: String
        get() = "better"

    override val text: String
        get() =
            "$figure of ${cell.title} is better than of ${than.title}" +
                if (by == 0.0) "" else " by more than $by"
}

/** The figures of two cells differ by less than an amount. */
public data class Equal(
    override val figure: String,
    val direction: Direction,
    val cell: SweepCell,
    val than: SweepCell,
    /** In the figure's unit. */
    val within: Double,
    val test: ComparisonTest,
) : Rule {
    override val word: String
        get() = "equal"

    override val text: String
        get() = "$figure of ${cell.title} is within $within of that of ${than.title}"
}

/** Runs of one cell fail more rarely than those of another. */
public data class FewerFailures(val cell: SweepCell, val than: SweepCell) : Rule {
    override val word: String
        get() = "failures"

    override val figure: String?
        get() = null

    override val text: String
        get() = "${cell.title} fails more rarely than ${than.title}"
}

/** Runs of a cell fail at most, or at least, at a rate. */
public data class FailureRate(val cell: SweepCell, val bound: Bound) : Rule {
    override val word: String
        get() = "failures"

    override val figure: String?
        get() = null

    override val text: String
        get() = "the rate of failures of ${cell.title} is $bound"
}

/** A figure gets worse, or better, from each of some cells to the next. */
public data class Trend(
    override val figure: String,
    val direction: Direction,
    /** The axis that orders the cells. */
    val along: String,
    val cells: List<SweepCell>,
    val becomesBetter: Boolean,
) : Rule {
    override val word: String
        get() = "trend"

    override val text: String
        get() =
            "$figure gets ${if (becomesBetter) "better" else "worse"} from ${cells.first().title} " +
                "to ${cells.last().title}"
}

/** The median of a figure over a cell's runs reaches a value, or does not exceed one. */
public data class Value(override val figure: String, val cell: SweepCell, val bound: Bound) : Rule {
    override val word: String
        get() = "value"

    override val text: String
        get() = "the median $figure of ${cell.title} is $bound"
}

/** A source of luck carries at least, or at most, a share of a figure's variance. */
public data class Share(
    override val figure: String,
    /** Whose share it is: one source, or several for what they do together only. */
    val source: List<String>,
    /** All sources, which are axes or `seed`, in the order of the sweep. */
    val among: List<String>,
    /** The combinations of the sources' axes, the last turning fastest. */
    val cells: List<SweepCell>,
    /** How many values each source has. */
    val levels: List<Int>,
    val bound: Bound,
) : Rule {
    override val word: String
        get() = "share"

    /** The name of some sources together. */
    public fun name(sources: List<String>): String =
        sources.joinToString(" x ") { it.removePrefix("train.seeds.") }

    override val text: String
        get() = "the share of ${name(source)} in the variance of $figure is $bound"

    /**
     * Whether the source has values enough for the upper end of its share's interval. The bootstrap
     * puts that end too low, the more so the fewer they are: in 300 simulated tables each, a true
     * share of 0.7 lay above an interval of 95 % 34 times of 100 with three values of each of three
     * sources, 12 with 12, and once or twice with 16 or more of one source and five of another. It
     * lay below it twice of 100 at the most, with any number.
     */
    public val hasUpperEnd: Boolean
        get() = source.all { levels[among.indexOf(it)] >= VALUES }

    /** What is to be said where there are too few. */
    public val upperEnd: String
        get() =
            "the interval's upper end decides nothing with fewer than $VALUES values of a source"

    private companion object {
        const val VALUES = 16
    }
}
