package dev.sparring.cli.claim

import dev.sparring.cli.sweep.RunRows
import dev.sparring.cli.sweep.SweepRun
import dev.sparring.dsl.claim.Claim
import dev.sparring.file.Json
import dev.sparring.file.Reason
import dev.sparring.file.RegularFile
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import java.io.IOException
import java.nio.file.Path

/** What a claim's runs came to, as files keep it. */
internal class ClaimResults(
    private val claim: Claim,
    private val registration: Registration,
    private val runs: List<SweepRun>,
    private val judge: Judge,
) {
    val minutes: Double = runs.sumOf { ClaimReach.seconds(it.directory) } / ClaimReach.SECONDS

    /** The verdict with everything that it depends on. */
    fun json(): Map<String, Any?> =
        linkedMapOf(
            "name" to claim.name,
            "claim" to claim.sentence,
            "citation" to claim.citation,
            "place" to claim.place,
            "differs" to claim.differs,
            "verdict" to judge.verdict.word,
            "level" to claim.level,
            "rules" to judge.rulings.map(::rule),
            "runs" to runs.size,
            "failed" to judge.cells.sumOf { it.failures },
            "seeds" to claim.sweep.seeds,
            "minutes" to Math.round(minutes * TENTHS) / TENTHS,
            "registered" to registration.time,
            "claimSha256" to registration.claim,
            "sweepSha256" to registration.sweep,
            "with" to circumstances(),
        )

    private fun rule(ruling: Ruling): Map<String, Any?> {
        val evidence = ruling.evidence
        return linkedMapOf(
            "kind" to ruling.rule.word,
            "rule" to ruling.rule.text,
            "verdict" to ruling.verdict.word,
            "is" to evidence.name,
            "estimate" to number(evidence.estimate),
            "low" to number(evidence.interval?.low),
            "high" to number(evidence.interval?.high),
            "p" to evidence.p,
            "holm" to ruling.corrected,
            "note" to evidence.note,
        )
    }

    /** JSON has no infinity. */
    private fun number(value: Double?): Any? = value?.takeIf { it.isFinite() } ?: value?.toString()

    /** By name, what the runs' provenance says, each value once. */
    private fun circumstances(): Map<String, String> {
        val facts = runs.map { facts(it.directory) }
        return FACTS.associateWith { name ->
                facts.mapNotNull { it[name] }.distinct().joinToString()
            }
            .filterValues { it.isNotEmpty() }
    }

    private fun facts(run: RunDirectory): Map<String, String> {
        val all = read(run, run.provenance())
        val native = (all["native"] as? Map<*, *>).orEmpty()
        return (native.entries.associate { "${it.key}" to "${it.value}" }) +
            all.mapValues { "${it.value}" }
    }

    /** A row for each run, as `sweep` writes it, so that it can be verified like one of a sweep. */
    fun csv(): String = RunRows.csv(claim.sweep, judge.cells.flatMap { it.runs })

    private fun read(run: RunDirectory, file: Path): Map<String, Any?> =
        try {
            Json.read(RegularFile.bytes(file))
        } catch (e: IOException) {
            throw RunException(Reason.line(e, run.path, "cannot be read"), e)
        }

    private companion object {
        const val TENTHS = 10.0

        val FACTS =
            listOf("sparring", "engine", "engineVersion", "device", "precision", "portable") +
                listOf("threads", "processor", "jdk", "system", "data", "conditions")
    }
}
