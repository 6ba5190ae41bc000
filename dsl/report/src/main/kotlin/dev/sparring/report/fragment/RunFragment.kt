package dev.sparring.report.fragment

import dev.sparring.file.Sha256
import dev.sparring.report.chart.Catalogue
import dev.sparring.report.chart.Part
import dev.sparring.report.chart.Plots
import dev.sparring.report.chart.plots
import dev.sparring.report.count
import dev.sparring.report.facts
import dev.sparring.report.notes
import dev.sparring.report.run.RunReport
import dev.sparring.report.run.mood
import dev.sparring.report.run.pictures
import dev.sparring.run.RunDirectory
import kotlinx.html.FlowContent
import kotlinx.html.details
import kotlinx.html.h3
import kotlinx.html.li
import kotlinx.html.p
import kotlinx.html.summary
import kotlinx.html.ul

/** Findings that are shown; a long run may have hundreds. */
private const val MOST_FINDINGS = 5

/** So much of a hash tells the plots of a page apart. */
private const val TOLD_APART = 8

/** The head of a run's report. */
internal fun FlowContent.head(report: RunReport, run: RunDirectory) {
    p("kind") { +"Run" }
    h3 { +report.title }
    p("status ${mood(report.state)}") { +report.state.sentence }
    findings(report.findings)
    val place = run.path.toAbsolutePath().normalize()
    val charts = Catalogue(report.metrics.series).charts
    // Plots of other outputs stand on the same page.
    val id = Sha256.of("$place ${report.metrics.lastStep}".toByteArray()).take(TOLD_APART)
    val plots = Plots("plot-$id")
    listOf(Part.LOSSES, Part.QUALITY).mapNotNull(charts::get).forEach { plots(it, plots) }
    if (report.pictures.shown.isNotEmpty()) pictures(report)
    notes(report.pictures.unreadable.map { "$it is not a readable picture." })
    if (report.facts.isNotEmpty()) {
        details {
            summary { +"Key facts" }
            facts(report.facts + ("Directory" to "$place"))
        }
    }
}

private fun FlowContent.findings(findings: List<String>) {
    if (findings.isEmpty()) return
    ul("findings") {
        findings.take(MOST_FINDINGS).forEach { li { +it } }
        val more = findings.size - MOST_FINDINGS
        if (more > 0) li { +"and ${count(more, "finding")} more" }
    }
}
