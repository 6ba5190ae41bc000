package dev.sparring.ui.metrics

/**
 * A figure over steps in bounded memory: neighboring values share a bucket, which keeps the least,
 * the greatest and the mean of them. Each bucket but the last holds [span] values; where a bucket
 * more would be too many, neighbors are joined two by two, and the span doubles. So no spike is
 * lost, and what was said of a bucket before the last stays true until the span changes.
 *
 * Values that are infinite or not a number are counted and left out.
 *
 * @param capacity the most buckets; even
 */
internal class Buckets(private val capacity: Int) {
    private val first = DoubleArray(capacity)
    private val last = DoubleArray(capacity)
    private val low = DoubleArray(capacity)
    private val high = DoubleArray(capacity)
    private val sum = DoubleArray(capacity)
    private val counts = IntArray(capacity)

    init {
        require(capacity >= 2 && capacity % 2 == 0) {
            "capacity must be even and at least 2, got $capacity"
        }
    }

    var size: Int = 0
        private set

    /** How many values a full bucket holds. */
    var span: Int = 1
        private set

    /** How many values were left out because they were not finite. */
    var notFinite: Long = 0
        private set

    /** Adds the value after the last step so far. */
    fun add(step: Double, value: Double) {
        if (!value.isFinite()) {
            notFinite++
            return
        }
        if (size == 0 || counts[size - 1] == span) {
            if (size == capacity) join()
            open(step)
        }
        val i = size - 1
        last[i] = step
        low[i] = minOf(low[i], value)
        high[i] = maxOf(high[i], value)
        sum[i] += value
        counts[i]++
    }

    private fun open(step: Double) {
        val i = size++
        first[i] = step
        low[i] = Double.POSITIVE_INFINITY
        high[i] = Double.NEGATIVE_INFINITY
        sum[i] = 0.0
        counts[i] = 0
    }

    private fun join() {
        for (i in 0 until capacity / 2) put(i, merged(2 * i, 2 * i + 2))
        size = capacity / 2
        span *= 2
    }

    private fun put(i: Int, bucket: Bucket) {
        first[i] = bucket.first
        last[i] = bucket.last
        low[i] = bucket.low
        high[i] = bucket.high
        sum[i] = bucket.sum
        counts[i] = bucket.count
    }

    private fun merged(from: Int, until: Int): Bucket {
        var lowest = low[from]
        var highest = high[from]
        var total = sum[from]
        var count = counts[from]
        for (i in from + 1 until until) {
            lowest = minOf(lowest, low[i])
            highest = maxOf(highest, high[i])
            total += sum[i]
            count += counts[i]
        }
        return Bucket(first[from], last[until - 1], lowest, highest, total, count)
    }

    /**
     * The same in coarser buckets, each made of [factor] neighbors.
     *
     * @param from the first of the coarse buckets that is wanted
     */
    fun coarse(factor: Int, from: Int = 0): List<Bucket> =
        (from * factor until size step factor).map { merged(it, minOf(it + factor, size)) }

    /** The least power of two by which at most [most] coarse buckets remain of a full store. */
    fun factor(most: Int): Int {
        var factor = 1
        while (capacity / factor > maxOf(1, most)) factor *= 2
        return factor
    }
}

/**
 * Neighboring values of a figure.
 *
 * @param first the step of the first
 * @param last the step of the last
 */
internal class Bucket(
    val first: Double,
    val last: Double,
    val low: Double,
    val high: Double,
    val sum: Double,
    val count: Int,
) {
    val mean: Double
        get() = (sum / count).takeIf(Double::isFinite) ?: (low / 2 + high / 2)
}
