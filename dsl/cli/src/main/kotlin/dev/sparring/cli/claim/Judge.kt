package dev.sparring.cli.claim

import dev.sparring.cli.sweep.CellResults
import dev.sparring.cli.sweep.SweepResult
import dev.sparring.dsl.claim.Claim
import dev.sparring.statistics.Holm

/**
 * Decides a claim by its rules. A rule holds if the results lean to it and its p-value, corrected
 * by Holm's method over all rules, is at most the claim's level; it does not hold if they lean
 * against it as clearly; else it is undecided. Shares are decided by their intervals.
 */
internal class Judge(private val claim: Claim, private val results: List<SweepResult>) {
    val cells: List<CellResults> =
        claim.sweep.cells.map { cell -> CellResults(cell, results.filter { it.run.cell === cell }) }

    val rulings: List<Ruling> = rulings()

    val verdict: Verdict = Verdict.ofAll(rulings.map { it.verdict })

    private fun rulings(): List<Ruling> {
        val reader = Evidences(claim, cells)
        val found = claim.rules.map { it to reader.of(it) }
        val p = found.mapNotNull { it.second.p }
        val corrected = Holm.adjust(p.toDoubleArray()).iterator()
        return found.map { (rule, evidence) ->
            val own = evidence.p?.let { corrected.next() }
            val isClear = own == null || own <= claim.level
            val verdict =
                when {
                    evidence.leaning > 0 && isClear -> Verdict.HOLDS
                    evidence.leaning < 0 && isClear -> Verdict.FAILS
                    else -> Verdict.UNDECIDED
                }
            Ruling(rule, evidence, own, verdict)
        }
    }
}
