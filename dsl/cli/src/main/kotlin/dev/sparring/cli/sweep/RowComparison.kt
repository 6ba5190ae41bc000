package dev.sparring.cli.sweep

import java.math.BigDecimal
import java.math.MathContext

/**
 * A run's row and that of its repetition: the hash of the final weights, the status, and the
 * figures to the digits that the first has.
 *
 * @param figures the columns of the first table that are figures
 */
internal class RowComparison(
    figures: List<String>,
    private val before: RecordedRows.Row,
    private val now: RecordedRows.Row,
) {
    private val weights = cell(before, RunFacts.WEIGHTS)
    private val weightsNow = cell(now, RunFacts.WEIGHTS)
    private val compared = figures.filter { it in now.values && !cell(before, it).isNullOrEmpty() }
    private val firstFigure = compared.firstOrNull { !isSame(cell(before, it), cell(now, it)) }

    /** What differs, the first of each kind; none if the two are equal. */
    val differences: List<String> =
        listOf("status", "step", "retries", RunFacts.DATA, RunFacts.MEASURED).mapNotNull { name ->
            val (a, b) = cell(before, name) to cell(now, name)
            if (a.isNullOrEmpty() || a == b) null else "$name is $a, now $b"
        } +
            listOfNotNull(
                if (weights.isNullOrEmpty() || weights == weightsNow) null
                else "weights are $weights, now ${weightsNow.orEmpty().ifEmpty { "missing" }}",
                firstFigure?.let { "$it is ${cell(before, it)}, now ${shown(cell(now, it))}" },
            )

    /** What of the machines and versions differs, a line each. */
    val circumstances: List<String> =
        RunFacts.circumstances.mapNotNull { name ->
            val (a, b) = cell(before, name) to cell(now, name)
            val isKnown = !a.isNullOrEmpty() && !b.isNullOrEmpty()
            if (!isKnown || a == b) null
            else "${name.removePrefix(RunFacts.PREFIX)}: ${changed(a, b)}"
        }

    /** What was compared, in words. */
    val what: String =
        (if (weights.isNullOrEmpty()) "" else "weights ${weights.take(SHOWN)}, ") +
            if (compared.size == 1) "1 figure" else "${compared.size} figures"

    /** Whether the first says which weights came out; older tables do not. */
    val hasWeights: Boolean = !weights.isNullOrEmpty()

    /** Of a list of facts only those that differ. */
    private fun changed(a: String, b: String): String {
        val (first, second) = a.split("; ") to b.split("; ")
        return if (first.size == 1) "$a, now $b"
        else "${(first - second.toSet()).orNone()}, now ${(second - first.toSet()).orNone()}"
    }

    private fun List<String>.orNone() = joinToString("; ").ifEmpty { "none" }

    private fun cell(row: RecordedRows.Row, name: String): String? = row.values[name]

    private fun shown(text: String?) = text.orEmpty().ifEmpty { "missing" }

    companion object {
        private const val SHOWN = 12

        /** Whether a figure is the printed one, to as many digits as are printed. */
        fun isSame(printed: String?, now: String?): Boolean {
            if (printed == now) return true
            val (a, b) = printed?.toBigDecimalOrNull() to now?.toBigDecimalOrNull()
            if (a == null || b == null) return false
            return a.compareTo(b.round(MathContext(maxOf(1, digits(printed!!, a))))) == 0
        }

        /** Trailing zeros were printed on purpose. */
        private fun digits(text: String, value: BigDecimal): Int =
            if ('.' in text) value.precision() else value.stripTrailingZeros().precision()
    }
}
