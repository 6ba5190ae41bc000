package dev.sparring.cli.autopsy

import dev.sparring.cli.autopsy.change.OtherSeed
import dev.sparring.cli.columns
import dev.sparring.cli.sweep.csv
import dev.sparring.statistics.ClopperPearson
import java.nio.file.Path
import java.util.Locale

/**
 * What an autopsy found, in a table and in sentences.
 *
 * @param outcomes of the variants that were trained, the control's first
 * @param root where the variants are
 */
internal class AutopsyTable(
    private val autopsy: Autopsy,
    private val outcomes: List<Outcome>,
    private val leftOut: List<Autopsy.LeftOut>,
    private val root: Path,
) {
    private val control = outcomes.first()
    private val seeds = outcomes.filter { it.variant.change is OtherSeed }
    private val changes = outcomes.drop(1) - seeds.toSet()

    /** Whether the control showed what the run did; otherwise nothing is proven. */
    val isProven: Boolean = control.verdict == Outcome.Verdict.SHOWS

    /** A row for the run, each variant, and each change that was left out. */
    fun csv(): String {
        val symptom = autopsy.symptom
        val header =
            listOf("variant", "title", "settings", "verdict", "step", "steps_later", "besides") +
                listOf("source", "from", "end", "directory")
        val own =
            listOf("run", "the run", "", symptom.kind, "${symptom.step}", "", symptom.text, "") +
                listOf("${autopsy.from}", "${autopsy.end}", "${autopsy.run.path}")
        val trained =
            outcomes.map { outcome ->
                val variant = outcome.variant
                listOf(variant.name, variant.title, variant.settings, outcome.verdict.word) +
                    listOf(outcome.step, outcome.later.takeUnless { variant.change == null }).map {
                        it?.toString().orEmpty()
                    } +
                    listOf(besides(outcome), variant.change?.source.orEmpty()) +
                    listOf("${autopsy.from}", "${autopsy.end}") +
                    "${root.relativize(variant.run.directory.path)}"
            }
        val left =
            leftOut.map {
                listOf(it.change.name, it.change.title, it.reason, LEFT_OUT, "", "", "") +
                    listOf(it.change.source, "", "", "")
            }
        return csv(listOf(header, own) + trained + left)
    }

    /** The table, and what it says. */
    fun text(): String {
        val header = listOf("variant", "change", "outcome", "besides")
        val rows =
            outcomes.map {
                listOf(it.variant.title, it.variant.settings, it.words, besides(it)).map { cell ->
                    cell.ifEmpty { "-" }
                }
            }
        return columns(listOf(header) + rows, right = emptySet()) +
            sentences().joinToString("") { "$it\n" }
    }

    private fun besides(outcome: Outcome) =
        outcome.besides
            .distinctBy { it.kind }
            .joinToString(", ") { "${it.kind} at step ${it.step}" }

    /** Of a control that showed nothing, only that. */
    fun sentences(): List<String> {
        val kind = autopsy.symptom.kind
        if (!isProven) {
            return listOf(
                "the control, which changes nothing, ${control.words} where the run had it at " +
                    "step ${autopsy.symptom.step} ($kind): so nothing is proven, and no other " +
                    "variant counts"
            )
        }
        return listOf(sentenceOfControl()) +
            luck() +
            changes.flatMap(::sentence) +
            listOfNotNull(nothingHelps().takeIf { changes.none(::helps) }) +
            leftOut.map { "left out: ${it.change.title}: ${it.reason}" } +
            goingOn()
    }

    private fun nothingHelps(): String {
        val earlier =
            autopsy.run.checkpointSteps().lastOrNull { it < autopsy.from && it in autopsy.attempt }
        val hint = earlier?.let { "; it may have begun earlier: --from $it --out DIR" }.orEmpty()
        return "no change avoids it or postpones it$hint"
    }

    private fun sentenceOfControl(): String {
        val same = control.step == autopsy.symptom.step
        val when_ =
            if (same) "at step ${control.step} again, as the run did"
            else
                "at step ${control.step}, where the run did at step ${autopsy.symptom.step}: " +
                    "something else differs too, and the rest is compared with the control"
        return "control: shows '${autopsy.symptom.kind}' $when_"
    }

    private fun luck(): List<String> {
        if (seeds.isEmpty()) return emptyList()
        val n = seeds.size
        val k = seeds.count { it.verdict == Outcome.Verdict.AVOIDS }
        val interval = ClopperPearson.interval(k, n, LEVEL)
        val rate = "$k of $n, 95 %% [%.2f, %.2f]".format(Locale.ROOT, interval.low, interval.high)
        val what =
            when (k) {
                n -> "luck: the seed alone avoids it ($rate)"
                0 -> "luck: the seed alone does not avoid it ($rate)"
                else ->
                    "luck: another seed may avoid it ($rate), so a change that does may owe it to " +
                        "luck"
            }
        val later = seeds.filter { it.verdict == Outcome.Verdict.POSTPONES }
        val postponed =
            later
                .mapNotNull { it.later }
                .takeIf { it.isNotEmpty() }
                ?.let { "; seeds alone move it by up to ${it.max()} steps" }
        return listOf(what + postponed.orEmpty() + ": ${SEED_SOURCE}")
    }

    private fun helps(outcome: Outcome) =
        outcome.verdict == Outcome.Verdict.AVOIDS || outcome.verdict == Outcome.Verdict.POSTPONES

    private fun sentence(outcome: Outcome): List<String> {
        if (!helps(outcome)) return emptyList()
        val change = checkNotNull(outcome.variant.change)
        val besides = besides(outcome).ifEmpty { null }?.let { ", but shows $it" }.orEmpty()
        return listOf("${change.title} ${outcome.words}$besides: ${change.source}")
    }

    /** The first change that saves the run and brings nothing else goes on to the recipe's end. */
    private fun goingOn(): List<String> {
        val saved =
            (changes + seeds).find { it.verdict == Outcome.Verdict.AVOIDS && it.besides.isEmpty() }
                ?: return emptyList()
        val run = saved.variant.run
        val recipe = run.folder.resolve("recipe.yaml")
        return listOf(
            "go on with ${saved.variant.title}: sparring train $recipe --seed ${run.seed} " +
                "--out ${run.directory.path} --resume"
        )
    }

    private companion object {
        const val LEVEL = 0.95
        const val LEFT_OUT = "left out"
        val SEED_SOURCE = OtherSeed(1).source
    }
}
