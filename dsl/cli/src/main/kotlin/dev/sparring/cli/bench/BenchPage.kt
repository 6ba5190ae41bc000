package dev.sparring.cli.bench

import java.time.Clock
import java.time.LocalDate

/** A [BenchTable] as a page of Markdown, with what a reader needs to measure it again. */
internal class BenchPage(
    private val table: BenchTable,
    private val against: String?,
    private val rounds: Int,
    private val seconds: Int,
    private val clock: Clock = Clock.systemUTC(),
) {
    fun text(): String = buildString {
        appendLine("# Speed, ${LocalDate.now(clock)}")
        appendLine()
        appendLine(
            "Medians of $rounds rounds of $seconds seconds; in each round all programs take turns, " +
                "each in a process of its own. Peak memory is the whole process's."
        )
        if (against != null) {
            appendLine("`ratio` is the time of an iteration to that of `peer` in the same round,")
            appendLine("`$against`; below 1 is faster than it.")
        }
        appendLine()
        appendLine("```")
        append(table.text())
        appendLine("```")
    }
}
