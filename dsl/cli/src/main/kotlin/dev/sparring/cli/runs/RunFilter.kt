package dev.sparring.cli.runs

import dev.sparring.cli.BadInput
import dev.sparring.run.RunOverview
import dev.sparring.run.RunState
import java.time.Instant

/**
 * A condition on runs: `state=killed`, `name~ring`, `loss_d<1.5`, `age<2d`. Runs without a value do
 * not meet it.
 */
internal class RunFilter
private constructor(
    val text: String,
    private val column: RunColumn,
    private val operator: String,
    private val value: String,
) {
    private val bound: Double? =
        when (column) {
            is RunColumn.Words -> null
            is RunColumn.Number -> value.toDoubleOrNull() ?: refuse("'$value' is no number")
            is RunColumn.Span ->
                seconds() ?: refuse("'$value' is no time; it may be 90s, 5min, 3h or 2d")
        }

    init {
        if (column !is RunColumn.Words && operator == CONTAINS) {
            refuse("~ is for text; numbers have =, !=, <, <=, > and >=")
        }
        if (column is RunColumn.Words && operator !in OF_TEXT) {
            refuse("text has =, != and ~ (contains) only")
        }
    }

    /** Whether a run has a value there to compare. */
    fun knows(run: RunOverview): Boolean =
        when (column) {
            is RunColumn.Words -> true
            is RunColumn.Number -> column.of(run) != null
            is RunColumn.Span -> column.of(run) != null
        }

    fun accepts(run: RunOverview): Boolean =
        when (column) {
            is RunColumn.Words -> accepts(column.of(run))
            is RunColumn.Number -> column.of(run)?.let(::accepts) == true
            is RunColumn.Span -> column.of(run)?.let(::accepts) == true
        }

    private fun accepts(text: String) =
        when (operator) {
            "=" -> text == value
            "!=" -> text != value
            else -> text.contains(value, ignoreCase = true)
        }

    private fun accepts(number: Double): Boolean {
        val bound = checkNotNull(bound)
        return when (operator) {
            "=" -> number == bound
            "!=" -> number != bound
            "<" -> number < bound
            "<=" -> number <= bound
            ">" -> number > bound
            else -> number >= bound
        }
    }

    private fun seconds(): Double? =
        SPAN.matchEntire(value)?.let { match ->
            val (many, unit) = match.destructured
            many.toDouble() * UNITS.getValue(unit)
        }

    private fun refuse(why: String): Nothing = throw BadInput("--filter $text: $why")

    companion object {
        private const val CONTAINS = "~"
        private val OF_TEXT = setOf("=", "!=", CONTAINS)
        private val FORM = Regex("([^=!<>~]+)(!=|<=|>=|=|<|>|~)(.*)")
        private val SPAN = Regex("(\\d{1,9}(?:\\.\\d{1,9})?)(s|min|h|d)")
        private val UNITS = mapOf("s" to 1.0, "min" to 60.0, "h" to 3600.0, "d" to 86400.0)

        /** @throws BadInput if it has another form, or a column that none of the runs has */
        fun of(text: String, runs: List<RunOverview>, now: Instant): RunFilter {
            val (name, operator, value) =
                FORM.matchEntire(text)?.destructured
                    ?: throw BadInput(
                        "--filter '$text': expected a column, one of = != ~ < <= > >= and a " +
                            "value, such as state=killed, name~ring or loss_d<1.5"
                    )
            if (name == "state" && operator != CONTAINS && value !in RunState.words()) {
                val words = RunState.words().joinToString(", ")
                throw BadInput("--filter $text: no such state; there are $words")
            }
            return RunFilter(text, RunColumn.of(name, "--filter $text", runs, now), operator, value)
        }
    }
}
