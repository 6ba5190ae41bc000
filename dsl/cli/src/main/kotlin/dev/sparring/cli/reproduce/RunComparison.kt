package dev.sparring.cli.reproduce

import dev.sparring.run.FindingLines
import dev.sparring.run.RunDirectory

/**
 * Compares a run with its repetition: figures, tensors, pictures and findings. Seconds, dates,
 * evaluations made afterwards and event files are left out.
 *
 * @param strict whether the run was trained in one piece
 * @param last the step up to which the repetition went
 */
internal class RunComparison(
    private val first: RunDirectory,
    private val again: RunDirectory,
    private val strict: Boolean,
    private val last: Long,
) {
    private val parts =
        listOf(
            MetricsComparison(first, again).compare(strict, last),
            CheckpointComparison(first, again).compare(last),
            PictureComparison(first, again).compare(last),
            findings(),
        )

    /** All that differ, the earliest step first; none if the two are equal. */
    val differences: List<Difference> =
        parts.flatMap { it.differences }.sortedWith(compareBy({ it.step }, { it.kind }))

    /** What was compared, in one line. */
    val what: String = parts.flatMap { it.what }.joinToString(", ")

    private fun findings(): Compared {
        val (before, now) = FindingLines.of(first) to FindingLines.of(again)
        // A resumed run has forgotten what its detectors had seen between rows.
        val line =
            if (!strict) null
            else
                (0 until maxOf(before.size, now.size)).firstOrNull {
                    before.getOrNull(it) != now.getOrNull(it)
                }
        val difference =
            line?.let {
                val (a, b) = before.getOrNull(it) to now.getOrNull(it)
                val text = "findings.txt, line ${it + 1}: is ${shown(a)}, now ${shown(b)}"
                Difference(last, Difference.Kind.FINDING, text)
            }
        return Compared(listOfNotNull(difference), listOf("${before.size} findings"))
    }

    private fun shown(line: String?) = if (line == null) "missing" else "'$line'"
}
