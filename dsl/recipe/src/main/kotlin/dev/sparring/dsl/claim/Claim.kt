package dev.sparring.dsl.claim

import dev.sparring.dsl.sweep.Sweep

/**
 * A sentence of the literature with the experiment that decides it, and the rule by which it does,
 * all written before the first run.
 */
public class Claim
internal constructor(
    /** Its name, under the same rules as a recipe's. */
    public val name: String,
    /** The sentence. */
    public val sentence: String,
    /** Who says so: authors, title, number. */
    public val citation: String,
    /** Where it stands there: section, table, page. */
    public val place: String,
    /** What is smaller or otherwise here than there; null if nothing is. */
    public val differs: String?,
    /** The runs. */
    public val sweep: Sweep,
    /** How probable a wrong verdict may be, where chance alone decides. */
    public val level: Double,
    /** What has to be found for it to hold, all of it. */
    public val rules: List<Rule>,
) {
    public companion object {
        /** The level of a claim that names none. */
        public const val LEVEL: Double = 0.05
    }
}
