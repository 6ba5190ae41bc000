package dev.sparring.cli.bench

import java.time.Clock
import java.time.LocalDate

/** A [BenchTable] as a page of Markdown, with what a reader needs to measure it again. */
internal class BenchPage(
    private val table: BenchTable,
    private val reference: Reference?,
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
        reference?.sentences?.forEach(::appendLine)
        appendLine()
        appendLine("```")
        append(table.text())
        appendLine("```")
    }
}
