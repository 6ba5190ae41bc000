package dev.sparring.cli.bench

import java.util.Locale

/**
 * What times are divided by.
 *
 * @property sentences what a page says of it
 */
internal class Reference
private constructor(
    val sentences: List<String>,
    private val isOf: (BenchCase, BenchCase) -> Boolean,
) {
    /** The columns of a case. */
    fun columns(case: BenchCase, cases: List<BenchCase>): List<String> {
        val other = cases.find { isOf(it, case) }
        if (other == null || other === case) return COLUMNS.map { "-" }
        val rounds = case.measured.zip(other.measured)
        if (rounds.isEmpty()) return COLUMNS.map { "-" }
        // Of the rounds' ratios, since machines are not equally fast all the time.
        val ratios = rounds.map { (own, its) -> median(own.seconds) / median(its.seconds) }
        return listOf(median(ratios), shortest(case) / shortest(other)).map {
            String.format(Locale.ROOT, "%.2f", it)
        }
    }

    private fun shortest(case: BenchCase) = case.measured.minOf { it.seconds.min() }

    companion object {
        val COLUMNS = listOf("ratio", "of shortest")

        /** A program of another library, for the same recipe. */
        fun peer(command: String): Reference =
            Reference(said("`peer`", "`$command`")) { other, case ->
                other.peer != null && other.workload === case.workload
            }

        /** Another engine, for the same recipe. */
        fun engine(name: String): Reference =
            Reference(said("the engine $name")) { other, case ->
                other.engine == name && other.workload === case.workload
            }

        /** Another recipe, on the same engine. */
        fun recipe(name: String): Reference =
            Reference(said("the recipe `$name`")) { other, case ->
                other.workload.name == name && other.engine == case.engine
            }

        /** The same engine with kernels and threads of its own choice, for the same recipe. */
        fun notPortable(): Reference =
            Reference(said("the same engine without `--portable`")) { other, case ->
                !other.portable && other.engine == case.engine && other.workload === case.workload
            }

        private fun said(what: String, how: String? = null) =
            listOf(
                "`ratio` is the time of an iteration to that of $what in the same round,",
                "${how?.let { "$it; " }.orEmpty()}below 1 is faster than it; `of shortest` is the " +
                    "ratio of the shortest iterations.",
            )
    }
}
