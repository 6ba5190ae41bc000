package dev.sparring.cli.sweep

import dev.sparring.cli.BadInput
import dev.sparring.setting.Shown

/**
 * One of the equal parts that the runs of a sweep are split into, for the queues of clusters: every
 * [count]-th run, from the [number]-th.
 */
internal data class SweepPart(val number: Int, val count: Int) {
    fun <T> of(runs: List<T>): List<T> = runs.filterIndexed { i, _ -> i % count == number - 1 }

    override fun toString(): String = "part $number of $count"

    companion object {
        private const val AUTO = "auto"
        private const val MOST = 10_000
        private val PART = Regex("(\\d{1,6})/(\\d{1,6})")

        private const val SLURM = "SLURM_ARRAY_TASK_ID"
        private const val SLURM_COUNT = "SLURM_ARRAY_TASK_COUNT"
        private const val SLURM_FIRST = "SLURM_ARRAY_TASK_MIN"
        private const val SLURM_STEP = "SLURM_ARRAY_TASK_STEP"
        private const val KUBERNETES = "JOB_COMPLETION_INDEX"
        private const val KUBERNETES_COUNT = "JOB_COMPLETIONS"

        /** The part that the option names: K/N from 1/N to N/N, or what a queue's variables say. */
        fun of(text: String, environment: Map<String, String>): SweepPart {
            if (text == AUTO) return ofQueue(environment)
            val (number, count) =
                PART.matchEntire(text)?.destructured?.toList()?.map { it.toInt() }
                    ?: throw BadInput(
                        "--part: expected K/N, such as 1/4, or auto, got ${Shown.quoted(text)}"
                    )
            if (count !in 1..MOST) throw BadInput("--part: 1 to $MOST parts, got $count")
            if (number !in 1..count) {
                throw BadInput("--part: the parts are 1/$count to $count/$count, got $text")
            }
            return SweepPart(number, count)
        }

        private fun ofQueue(environment: Map<String, String>): SweepPart =
            when {
                SLURM in environment -> ofSlurm(environment)
                KUBERNETES in environment -> ofKubernetes(environment)
                else ->
                    throw BadInput(
                        "--part auto: neither $SLURM (a Slurm array) nor $KUBERNETES (a Kubernetes " +
                            "Job with completionMode: Indexed) is set; without them, write --part K/N"
                    )
            }

        private fun ofSlurm(environment: Map<String, String>): SweepPart {
            val id = number(environment, SLURM, "")
            val count = number(environment, SLURM_COUNT, "; Slurm sets it; or write --part K/N")
            val first = number(environment, SLURM_FIRST, "; Slurm sets it; or write --part K/N")
            val step = if (SLURM_STEP in environment) number(environment, SLURM_STEP, "") else 1
            val place = (id - first).toDouble() / maxOf(1, step)
            if (place != Math.floor(place) || place < 0 || place >= count) {
                throw BadInput(
                    "--part auto: $SLURM $id is not one of $count from $first by steps of $step; " +
                        "expected an array such as --array=0-7, or write --part K/N"
                )
            }
            return part(place.toInt(), count)
        }

        private fun ofKubernetes(environment: Map<String, String>): SweepPart {
            val index = number(environment, KUBERNETES, "")
            val hint = "; Kubernetes does not tell it: set it in the Job to its completions"
            val count = number(environment, KUBERNETES_COUNT, hint)
            if (index !in 0 until count) {
                throw BadInput("--part auto: $KUBERNETES is $index, $KUBERNETES_COUNT only $count")
            }
            return part(index, count)
        }

        private fun part(index: Int, count: Int): SweepPart {
            if (count !in 1..MOST) throw BadInput("--part auto: 1 to $MOST parts, got $count")
            return SweepPart(index + 1, count)
        }

        private fun number(environment: Map<String, String>, name: String, hint: String): Int {
            val text = environment[name] ?: throw BadInput("--part auto: $name is not set$hint")
            return text.trim().toIntOrNull()?.takeIf { it >= 0 }
                ?: throw BadInput(
                    "--part auto: $name: expected a whole number, got ${Shown.quoted(text)}"
                )
        }
    }
}
