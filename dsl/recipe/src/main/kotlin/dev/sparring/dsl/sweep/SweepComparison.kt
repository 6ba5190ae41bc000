package dev.sparring.dsl.sweep

import dev.sparring.dsl.ComparisonTest

/** What a sweep compares with its baseline. */
public class SweepComparison
internal constructor(
    /** The baseline's labels, by axis. */
    public val baseline: Map<String, String>,
    /** The test of figures; failures are compared by Fisher's exact test, whichever it is. */
    public val test: ComparisonTest,
    /** The columns that are compared, all of them measured. */
    public val figures: List<String>,
)
