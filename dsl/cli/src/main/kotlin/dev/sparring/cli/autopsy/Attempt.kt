package dev.sparring.cli.autopsy

import dev.sparring.run.Retries
import dev.sparring.run.RunDirectory

/**
 * The attempt of a run in which something was seen: a run that goes back after a divergence makes
 * another one, with other random numbers or rates.
 *
 * @param first the step at which it began
 * @param last the last step whose checkpoint, if it is kept, is one of this attempt
 * @param isFirst whether nothing was given up before it
 */
internal class Attempt private constructor(val first: Long, val last: Long, val isFirst: Boolean) {
    /** Whether it has steps that no later attempt has trained again. */
    val isLeft: Boolean = first <= last

    operator fun contains(step: Long): Boolean = step in first..last

    companion object {
        fun of(run: RunDirectory, symptom: Symptom): Attempt {
            val returns = Retries.recorded(run)
            val count = symptom.returns
            if (count == null) {
                // Those to a later step gave up nothing that leads here.
                val before = returns.filter { it.from < symptom.step }.maxOfOrNull { it.from }
                return Attempt(before ?: 0, symptom.step - 1, before == null)
            }
            val first = if (count == 0) 0 else returns[count - 1].from
            return Attempt(first, returns.drop(count).minOf { it.from }, count == 0)
        }
    }
}
