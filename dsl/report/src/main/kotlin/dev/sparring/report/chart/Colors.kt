package dev.sparring.report.chart

/**
 * How a line looks: a color of middle lightness, readable on white and on black, and its dashes.
 */
internal class Look(val color: String, val dashes: String) {
    companion object {
        private val COLORS =
            listOf(
                "#3b82c4",
                "#e07b00",
                "#2f9e63",
                "#d64550",
                "#9467bd",
                "#0f9fb5",
                "#a9745b",
                "#d667a8",
                "#8c9a1e",
                "#7f8894",
            )

        /** Names of lets-plot and of CSS borders alike. */
        private val DASHES = listOf("solid", "dashed", "dotted")

        /** The look of the [i]-th line of a chart; the first thirty differ. */
        fun of(i: Int): Look = Look(COLORS[i % COLORS.size], DASHES[i / COLORS.size % DASHES.size])
    }
}
