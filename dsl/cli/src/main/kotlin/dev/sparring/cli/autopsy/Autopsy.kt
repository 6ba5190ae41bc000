package dev.sparring.cli.autopsy

import dev.sparring.cli.BadInput
import dev.sparring.cli.BeginOptions
import dev.sparring.cli.ThreadsOption
import dev.sparring.cli.TrainCommand
import dev.sparring.cli.Words
import dev.sparring.cli.autopsy.change.Change
import dev.sparring.cli.autopsy.change.DoesNotApply
import dev.sparring.cli.reproduce.RecordedRun
import dev.sparring.cli.sweep.SweepRun
import dev.sparring.dsl.diff.RecipeDiff
import dev.sparring.dsl.sweep.SweepCell
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.DivergencePolicy
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.run.RunDirectory
import java.nio.file.Path
import java.util.OptionalLong

/**
 * A run that something went wrong in, and the variants that are trained from a point before it.
 *
 * @param from the step of that point; without a [fork], 0, where weights are drawn anew
 * @param isNamed whether the user chose it
 * @param attempt of the run, in which it went wrong
 * @param end the last step of the variants
 */
internal class Autopsy
private constructor(
    val run: RunDirectory,
    val recorded: RecordedRun,
    val symptom: Symptom,
    val others: List<Symptom>,
    val fork: Path?,
    val from: Long,
    val isNamed: Boolean,
    val attempt: Attempt,
    val end: Long,
    private val recipe: Recipe,
) {
    /** The process that trained the steps after [from]. */
    val part: RecordedRun.Part = recorded.parts.last { it.from <= from || it.from == 0L }

    /** How many steps each variant takes. */
    val steps: Long
        get() = end - from

    /** A run that is the same but for one change. */
    class Variant(
        /** Null for the control. */
        val change: Change?,
        /** What the change is in the recipe. */
        val settings: String,
        val run: SweepRun,
    ) {
        val title: String = change?.title ?: CONTROL
        val name: String = change?.name ?: CONTROL
    }

    /** What of a run is looked into: a step, or the number of a return; the first if neither. */
    class Choice(val at: Long?, val retry: Int?)

    /** A change that was not made, and why. */
    class LeftOut(val change: Change, val reason: String)

    /** The variants, the control first, and what is left out. */
    fun variants(
        changes: List<Change>,
        root: Path,
        words: Words,
        threads: Int?,
    ): Pair<List<Variant>, List<LeftOut>> {
        // What diverges is told, and does not go back.
        val base = recipe.divergence(recipe.divergence.policy(DivergencePolicy.STOP))
        val leftOut = mutableListOf<LeftOut>()
        val made = mutableListOf<Triple<Change?, String, Recipe>>(Triple(null, "", base))
        for (change in changes) {
            try {
                val changed = change.of(base)
                val settings =
                    RecipeDiff.of(base, changed, words.format).joinToString("; ") {
                        "${it.path} ${it.first.text} -> ${it.second.text}"
                    }
                if (settings.isEmpty()) throw DoesNotApply("it changes nothing in this recipe")
                GamePlan.of(changed)
                made += Triple(change, settings, changed)
            } catch (e: DoesNotApply) {
                leftOut += LeftOut(change, "${e.message}")
            } catch (e: RecipeException) {
                leftOut += LeftOut(change, e.problems().joinToString("; "))
            } catch (e: IllegalArgumentException) {
                leftOut += LeftOut(change, "${e.message}")
            }
        }
        val seed = recipe.train.seed
        val variants =
            made.mapIndexed { i, (change, settings, own) ->
                val cell =
                    SweepCell(
                        mapOf("variant" to (change?.title ?: CONTROL)),
                        change?.name ?: CONTROL,
                        own,
                    )
                val number = "[${i + 1}/${made.size}]"
                val arguments = arguments(threads)
                Variant(
                    change,
                    settings,
                    SweepRun(number, cell, seed, root, words, "autopsy", arguments, end),
                )
            }
        return variants to leftOut
    }

    private fun arguments(threads: Int?): List<String> {
        val count = threads ?: part.threads
        val retries = symptom.returns?.let { listOf(BeginOptions.FORK_RETRIES, "$it") }.orEmpty()
        return fork?.let { listOf(BeginOptions.FORK, "$it") + retries }.orEmpty() +
            count
                ?.takeUnless { recorded.isPortable }
                ?.let { listOf(ThreadsOption.NAME, "$it") }
                .orEmpty() +
            recorded.data?.let { listOf(TrainCommand.DATA, it) }.orEmpty()
    }

    companion object {
        const val CONTROL = "control"

        /** The number of steps, if the finding is not further away. */
        const val FEW = 300L

        /**
         * Looks at a run.
         *
         * @param choice the finding or divergence that is meant
         * @param from the step of the checkpoint to fork; null for the newest before the finding
         * @param steps of each variant; null for twice as many as it took, and at least [FEW]
         * @throws BadInput if there is nothing to find out, or no way to
         */
        fun of(
            recorded: RecordedRun,
            run: RunDirectory,
            choice: Choice,
            from: Long?,
            steps: Long?,
        ): Autopsy {
            val recipe = recorded.loaded.recipe
            val all = Symptom.of(run)
            val symptom = chosen(run, all, choice)
            val attempt = Attempt.of(run, symptom)
            val step = fork(run, recorded, symptom, attempt, from)
            val begin = step ?: 0
            val away = symptom.step - begin
            if (steps != null && steps < away) {
                throw BadInput(
                    "--steps: $steps end at step ${begin + steps}, before ${symptom.kind} at step " +
                        "${symptom.step}; expected at least $away"
                )
            }
            val length = steps ?: maxOf(FEW, 2 * away)
            return Autopsy(
                run,
                recorded,
                symptom,
                all - symptom,
                step?.let { run.checkpoint(it).path() },
                begin,
                from != null,
                attempt,
                minOf(begin + length, recipe.train.steps.toLong()),
                recipe,
            )
        }

        private fun chosen(run: RunDirectory, all: List<Symptom>, choice: Choice): Symptom {
            if (all.isEmpty()) {
                throw BadInput(
                    "${run.path}: is healthy as far as it goes: it has no finding and did not " +
                        "diverge; an autopsy needs a run with findings.txt, or of status diverged"
                )
            }
            val (at, retry) = choice.at to choice.retry
            if (at != null && retry != null) {
                throw BadInput("--retry: names a divergence, as --at does; leave one option out")
            }
            if (retry != null) {
                val known = all.mapNotNull { it.returns }.map { it + 1 }
                if (known.isEmpty()) {
                    throw BadInput("--retry: ${run.path} never went back after a divergence")
                }
                return all.find { it.returns == retry - 1 }
                    ?: throw BadInput(
                        "--retry: ${run.path} has no return of number $retry; expected one of " +
                            known.joinToString(", ")
                    )
            }
            return if (at == null) all.first()
            else
                all.find { it.step == at }
                    ?: throw BadInput(
                        "--at: ${run.path} has no finding of step $at; expected one of " +
                            all.map { it.step }.distinct().joinToString(", ")
                    )
        }

        /** The step of the checkpoint; null if none is left, and the weights can be drawn again. */
        private fun fork(
            run: RunDirectory,
            recorded: RecordedRun,
            symptom: Symptom,
            attempt: Attempt,
            from: Long?,
        ): Long? {
            val what = "${symptom.kind} at step ${symptom.step}"
            if (!attempt.isLeft) {
                throw BadInput(
                    "${run.path}: $what came after step ${attempt.first}, and the run went back " +
                        "to step ${attempt.last} later, so that checkpoint is put aside; name " +
                        "another by --retry or --at, or train with divergence: { policy: stop }"
                )
            }
            if (from != null) {
                if (from >= symptom.step) throw BadInput("--from: step $from is not before $what")
                if (from !in attempt) {
                    throw BadInput(
                        "--from: the run went back after divergences, and its checkpoint of step " +
                            "$from does not lead to $what; expected step ${attempt.first} to " +
                            "${attempt.last}"
                    )
                }
                return run.whole(OptionalLong.of(from)).progress().step
            }
            val found = run.lastWholeBefore(attempt.last + 1).orElse(null)?.progress()?.step
            if (found != null && found in attempt) return found
            val why =
                if (!attempt.isFirst) "the run had gone back to step ${attempt.first} before"
                else if (recorded.fork != null) "it was forked from ${recorded.fork.run}"
                else recorded.init?.let { "its first weights came from ${it.name}" }
            if (why != null) {
                throw BadInput(
                    "${run.path}: has no whole checkpoint before $what, and step 0 cannot be " +
                        "drawn again, since $why; keep more checkpoints " +
                        "(output.keepCheckpoints), or name another finding by --at"
                )
            }
            return null
        }
    }
}
