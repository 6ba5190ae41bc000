package dev.sparring.report

import java.math.BigDecimal
import java.math.MathContext
import java.math.RoundingMode
import java.time.Duration
import java.util.Locale

private val FOUR_DIGITS = MathContext(4, RoundingMode.HALF_EVEN)
private val PLAIN = 1e-4..1e6

/** A number in four digits: 0.02857, 12.5, 3.2e30. */
internal fun short(number: Double): String {
    if (!number.isFinite()) return if (number.isNaN()) "NaN" else if (number > 0) "∞" else "-∞"
    if (number == 0.0) return "0"
    val rounded = BigDecimal(number).round(FOUR_DIGITS).stripTrailingZeros()
    if (Math.abs(number) in PLAIN) return rounded.toPlainString()
    val digits = rounded.unscaledValue().toString()
    val sign = if (digits.startsWith("-")) "-" else ""
    val bare = digits.removePrefix("-")
    val fraction = if (bare.length > 1) "." + bare.drop(1) else ""
    return "$sign${bare.first()}${fraction}e${rounded.precision() - 1 - rounded.scale()}"
}

/** What a table shows in place of a missing number. */
internal const val NOTHING: String = "-"

internal fun shortOrNothing(number: Double?): String = number?.let(::short) ?: NOTHING

/** A count: 100,000. */
internal fun count(number: Long): String = "%,d".format(Locale.ROOT, number)

/** Such as 3 values, 1 value. */
internal fun count(number: Int, one: String): String =
    "${count(number.toLong())} $one${if (number == 1) "" else "s"}"

/** A time span: 12 s, 3 min 20 s, 2 h 05 min. */
internal fun span(time: Duration): String =
    when {
        time.toHours() > 0 ->
            "%d h %02d min".format(Locale.ROOT, time.toHours(), time.toMinutesPart())
        time.toMinutes() > 0 ->
            "%d min %02d s".format(Locale.ROOT, time.toMinutes(), time.toSecondsPart())
        else -> "${time.toSeconds()} s"
    }
