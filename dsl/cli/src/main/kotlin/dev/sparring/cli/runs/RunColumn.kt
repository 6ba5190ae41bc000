package dev.sparring.cli.runs

import dev.sparring.cli.BadInput
import dev.sparring.dsl.suggestion
import dev.sparring.run.RunOverview
import java.time.Duration
import java.time.Instant
import kotlin.jvm.optionals.getOrNull

/** Something of a run that a list is sorted and filtered by. */
internal sealed interface RunColumn {
    /** Text, such as a name. */
    class Words(val of: (RunOverview) -> String) : RunColumn

    /** A number; null for runs that have none. */
    class Number(val of: (RunOverview) -> Double?) : RunColumn

    /** A time span in seconds. */
    class Span(val of: (RunOverview) -> Double?) : RunColumn

    companion object {
        /** The last number of a column of `metrics.csv`, or of an evaluation. */
        fun figure(name: String): Number = Number { it.figures[name] }

        /**
         * The column of that name.
         *
         * @param option the option that names it
         * @param runs all that are listed: only figures that one of them has are known
         * @param now for ages
         */
        fun of(name: String, option: String, runs: List<RunOverview>, now: Instant): RunColumn {
            fixed(now)[name]?.let {
                return it
            }
            val figures = runs.flatMap { it.figures.keys }.toSortedSet()
            if (name in figures) return figure(name)
            val known = fixed(now).keys + figures
            val meant =
                suggestion(name, known)?.let { "did you mean '$it'?" }
                    ?: ("there are ${fixed(now).keys.joinToString(", ")} and the figures that " +
                        "runs have, such as loss_d")
            throw BadInput("$option: no run here has '$name'; $meant")
        }

        private fun fixed(now: Instant): Map<String, RunColumn> =
            mapOf(
                "name" to Words { it.name },
                "state" to Words { it.state.word() },
                "path" to Words { "${it.directory.path}" },
                "seed" to Number { run -> run.seed.takeIf { it.isPresent }?.asLong?.toDouble() },
                "step" to Number { it.step.toDouble() },
                "steps" to Number { run -> run.steps.takeIf { it.isPresent }?.asLong?.toDouble() },
                "age" to Span { run -> age(run, now)?.toMillis()?.let { it / MILLIS } },
            )

        /** How long ago it was begun. */
        fun age(run: RunOverview, now: Instant): Duration? =
            run.start.getOrNull()?.let { Duration.between(it, now) }

        private const val MILLIS = 1000.0
    }
}
