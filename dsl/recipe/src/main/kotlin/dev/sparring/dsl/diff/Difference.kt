package dev.sparring.dsl.diff

/**
 * One way in which two recipes differ in effect.
 *
 * @property rank how much it is likely to matter, by the kind of setting
 * @property path the setting, e.g. `discriminator.layers.2.kernel`; layers that differ in the same
 *   way are listed once: `discriminator.layers.{0,2}.init`, and `... and of 7 more layers` if these
 *   are inside others. Indices of layers are those of the first recipe, or of the second if only
 *   that has them
 * @property first what the first recipe has
 * @property second what the second recipe has
 */
public data class Difference(
    val rank: Rank,
    val path: String,
    val first: Value,
    val second: Value,
) {
    /**
     * One recipe's value.
     *
     * @property text as a recipe would say it; `none` for nothing
     * @property origin where it comes from if the recipe does not write it there, e.g. `default of
     *   conventions keras`; null if it does
     */
    public data class Value(val text: String, val origin: String?) {
        override fun toString(): String = if (origin == null) text else "$text [$origin]"
    }
}
