package dev.sparring.ui.metrics

/**
 * A part of a curve for a browser: lists of numbers, which are short as text.
 *
 * @param from the bucket that the lists begin with; the browser keeps those before it
 * @param span how many values a bucket holds; another one than before means: forget the others
 */
internal object CurveJson {
    fun of(
        run: String,
        figure: String,
        from: Int,
        span: Int,
        buckets: List<Bucket>,
        notFinite: Long,
    ): String = buildString {
        append("{\"run\":\"").append(run).append("\",\"figure\":")
        text(figure)
        append(",\"from\":").append(from).append(",\"span\":").append(span)
        append(",\"notFinite\":").append(notFinite)
        list("first", buckets) { it.first }
        list("last", buckets) { it.last }
        list("mean", buckets) { it.mean }
        // With one value a bucket they are the same.
        if (span > 1) {
            list("low", buckets) { it.low }
            list("high", buckets) { it.high }
        }
        append('}')
    }

    private fun StringBuilder.list(name: String, of: List<Bucket>, value: (Bucket) -> Double) {
        append(",\"").append(name).append("\":[")
        of.forEachIndexed { i, bucket ->
            if (i > 0) append(',')
            number(value(bucket))
        }
        append(']')
    }

    private fun StringBuilder.number(value: Double) {
        val whole = value.toLong()
        if (whole.toDouble() == value) append(whole) else append(value)
    }

    /** A figure may have any name. */
    fun StringBuilder.text(value: String) {
        append(kotlinx.serialization.json.JsonPrimitive(value))
    }
}
