package dev.sparring.report.autopsy

import dev.sparring.report.Chapter
import dev.sparring.report.Report
import dev.sparring.report.Reports
import dev.sparring.report.page
import java.nio.file.Files
import java.nio.file.Path

/** An autopsy as a page of its own. */
public class AutopsyReport internal constructor(private val section: AutopsySection) : Report {
    override val title: String = section.run["directory"]

    override fun html(folder: Path): String =
        page(
            title,
            "Autopsy",
            section.sentence,
            if (section.isProven) "good" else "open",
            listOf(Chapter("What would have saved it") { section.show(this) }),
        )

    internal companion object {
        fun isAutopsy(folder: Path): Boolean =
            Files.isRegularFile(folder.resolve(Reports.AUTOPSY_TABLE))

        /** @throws dev.sparring.run.RunException if its table is damaged */
        fun of(folder: Path): AutopsyReport =
            AutopsyReport(checkNotNull(AutopsySection.of(folder)) { "isAutopsy was asked" })
    }
}
