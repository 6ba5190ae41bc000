package dev.sparring.ui.metrics

/** The places of some rows in a metrics file, so that a part of it can be read by itself. */
internal class RowIndex {
    private var steps = DoubleArray(FIRST)
    private var places = LongArray(FIRST)
    private var size = 0

    /** How many rows were added. */
    var rows: Long = 0
        private set

    /** Adds the next row, which begins at that byte. */
    fun add(step: Double, place: Long) {
        if (rows++ % EACH != 0L) return
        if (size == places.size) {
            steps = steps.copyOf(2 * size)
            places = places.copyOf(2 * size)
        }
        steps[size] = step
        places[size++] = place
    }

    /** Where to begin in order to read all rows from a step on. */
    fun before(step: Double): Long {
        val i = (0 until size).lastOrNull { steps[it] <= step } ?: return 0
        return places[i]
    }

    /** Where to stop at the latest in order to read all rows up to a step; null for the end. */
    fun after(step: Double): Long? = (0 until size).find { steps[it] > step }?.let { places[it] }

    private companion object {
        const val FIRST = 16
        const val EACH = 1000L
    }
}
