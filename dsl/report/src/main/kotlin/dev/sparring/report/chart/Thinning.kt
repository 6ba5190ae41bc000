package dev.sparring.report.chart

/** The most points of a line that are drawn: about one for each pixel of a plot. */
internal const val MOST_POINTS = 600

/** The most points of a smoothed line. */
private const val MOST_PLACES = 200

/** The share of the points that a smoothed value is the mean of. */
private const val PART = 20

/**
 * At most [most] of the points, in their order: the first, the last, and the least and the greatest
 * of each of equally long sections between them. This keeps spikes, which means would flatten and
 * every n-th point would mostly miss.
 *
 * @param most at least 4
 */
internal fun Series.thinned(most: Int = MOST_POINTS): Series {
    require(most >= 4) { "at least 4 points must stay, got $most" }
    if (size <= most) return this
    val stretches = (most - 2) / 2
    val inner = size - 2
    val kept = ArrayList<Int>(most)
    kept += 0
    for (i in 0 until stretches) {
        val from = 1 + (i.toLong() * inner / stretches).toInt()
        val until = 1 + ((i + 1L) * inner / stretches).toInt()
        val least = (from until until).minBy { values[it] }
        val greatest = (from until until).maxBy { values[it] }
        kept += minOf(least, greatest)
        if (least != greatest) kept += maxOf(least, greatest)
    }
    kept += size - 1
    return at(kept)
}

/**
 * A moving average over a twentieth of the points, at 200 places at most; its window is smaller at
 * the ends.
 */
internal fun Series.smoothed(): Series {
    val places = minOf(size, MOST_PLACES)
    val half = maxOf(1, size / PART / 2)
    val centers = List(places) { evenly(it, places, size) }
    val means =
        centers.map { center ->
            val (from, to) = maxOf(0, center - half) to minOf(size - 1, center + half)
            // Divided first: the sum of large numbers may be infinite although their mean is
            // finite.
            (from..to).sumOf { values[it] / (to - from + 1) }
        }
    return Series(DoubleArray(places) { steps[centers[it]] }, means.toDoubleArray())
}

/** The [i]-th of [count] places evenly spread over [size] ones, both ends included. */
internal fun evenly(i: Int, count: Int, size: Int): Int =
    if (count == 1) size - 1 else Math.round(i.toDouble() * (size - 1) / (count - 1)).toInt()
