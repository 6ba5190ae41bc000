package dev.sparring.report.autopsy

import dev.sparring.report.NOTHING
import dev.sparring.report.Reports
import dev.sparring.report.count
import dev.sparring.report.grid
import dev.sparring.report.notes
import dev.sparring.report.sweep.Csv
import dev.sparring.run.RunException
import java.nio.file.Path
import kotlin.io.path.exists
import kotlinx.html.FlowContent
import kotlinx.html.li
import kotlinx.html.p
import kotlinx.html.ul

/**
 * `autopsy.csv`: what a run showed, and what became of its variants.
 *
 * @param run what was looked into
 * @param variants that were trained, the control first
 * @param leftOut changes that were not made
 */
internal class AutopsySection
private constructor(val run: Row, private val variants: List<Row>, private val leftOut: List<Row>) {
    /** A row of the table. */
    class Row(private val csv: Csv, private val cells: List<String>) {
        operator fun get(column: String): String = cells[csv.place(column)]

        val verdict: String = this["verdict"]
        val title: String = this["title"]
    }

    private val control = variants.first()
    private val seeds = variants.filter { it["variant"].startsWith(SEED_ONLY) }
    private val changes = variants.drop(1) - seeds.toSet()

    /** Whether the control showed what the run did. */
    val isProven: Boolean = control.verdict == "shows it"

    /** What was found, in a sentence. */
    val sentence: String
        get() {
            val saved = (changes + seeds).filter { it.verdict == AVOIDS }
            return when {
                !isProven -> "The unchanged run does not show it again, so nothing is proven."
                changes.none { it.verdict == AVOIDS } && saved.isEmpty() -> "Nothing avoids it."
                else -> saved.joinToString(", ", "Avoided by: ", ".") { it.title }
            }
        }

    fun show(to: FlowContent) {
        to.p {
            val from = "step ${run["from"]}"
            +"At step ${run["step"]}: ${run["besides"]}. "
            +"From $from on the run was trained again, unchanged and with one change each, "
            +"up to step ${run["end"]}. $sentence"
        }
        to.grid(
            listOf("variant", "change", "outcome", "at step", "later by", "besides", "paper"),
            variants.map { row ->
                val open = listOf("verdict", "step", "steps_later", "besides", "source")
                (listOf(row.title, row["settings"]) + open.map { row[it] }).map {
                    it.ifEmpty { NOTHING }
                }
            },
            numbers = setOf(3, 4),
        )
        if (isProven) luck(to)
        if (leftOut.isNotEmpty()) {
            to.ul { leftOut.forEach { li { +"Left out: ${it.title}: ${it["settings"]}." } } }
        }
    }

    private fun luck(to: FlowContent) {
        if (seeds.isEmpty()) return
        val avoided = seeds.count { it.verdict == AVOIDS }
        val of = "$avoided of ${count(seeds.size, "other seed")}"
        to.notes(
            listOf(
                when (avoided) {
                    0 -> "Not luck alone, as far as $of tell."
                    seeds.size -> "It was luck: $of avoid it with nothing else changed."
                    else -> "Luck plays a part: $of avoid it with nothing else changed."
                }
            )
        )
    }

    companion object {
        private const val AVOIDS = "avoids it"
        private const val LEFT_OUT = "left out"
        private const val SEED_ONLY = "seed-only-"

        /**
         * Null if there is no table in the folder, as before an autopsy has ended.
         *
         * @throws dev.sparring.run.RunException if it is damaged
         */
        fun of(folder: Path): AutopsySection? {
            val file = folder.resolve(Reports.AUTOPSY_TABLE)
            if (!file.exists()) return null
            val csv = Csv.of(file)
            val rows = csv.rows.map { Row(csv, it) }
            val (left, trained) = rows.drop(1).partition { it.verdict == LEFT_OUT }
            if (trained.isEmpty()) {
                throw RunException("$file: is damaged: it has no control")
            }
            return AutopsySection(rows.first(), trained, left)
        }
    }
}
