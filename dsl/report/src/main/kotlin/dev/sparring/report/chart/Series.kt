package dev.sparring.report.chart

/**
 * A figure over steps: its value after each step that has one.
 *
 * @param steps ascending
 * @param values one for each step; they may be infinite or not a number
 */
internal class Series(val steps: DoubleArray, val values: DoubleArray) {
    init {
        require(steps.size == values.size) {
            "expected as many values as steps, got ${values.size} and ${steps.size}"
        }
    }

    val size: Int
        get() = steps.size

    /** The points whose value passes. */
    fun filter(passes: (Double) -> Boolean): Series {
        val kept = values.indices.filter { passes(values[it]) }
        return if (kept.size == size) this else at(kept)
    }

    /** The points at these indices. */
    fun at(places: List<Int>): Series =
        Series(
            DoubleArray(places.size) { steps[places[it]] },
            DoubleArray(places.size) { values[places[it]] },
        )

    /** The same steps with other values. */
    fun map(change: (Double) -> Double): Series =
        Series(steps, DoubleArray(size) { change(values[it]) })

    /** Collects points in their order. */
    class Builder {
        private var steps = DoubleArray(FIRST)
        private var values = DoubleArray(FIRST)
        private var size = 0

        fun add(step: Double, value: Double) {
            if (size == steps.size) {
                steps = steps.copyOf(2 * size)
                values = values.copyOf(2 * size)
            }
            steps[size] = step
            values[size++] = value
        }

        fun build(): Series = Series(steps.copyOf(size), values.copyOf(size))

        private companion object {
            const val FIRST = 64
        }
    }
}
