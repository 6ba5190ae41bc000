package dev.sparring.cli.sweep

import dev.sparring.cli.Workbench
import dev.sparring.cli.workbench
import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.sweep.SweepText
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe

/** What a sweep can show is said before it is trained. */
class SweepReachSpec :
    FreeSpec({
        val bench = workbench()
        bench.file("small.yaml", Workbench.SMALL)

        fun text(seeds: Int, more: String) =
            """
            recipe: small.yaml
            axes: { train.batch: [4, 8, 16] }
            seeds: $seeds
            measure: [loss_d]
            compare: { baseline: { train.batch: 4 }, lower: loss_d$more }
            """

        fun lines(seeds: Int, more: String = "") =
            SweepReach.lines(
                SweepText.read(bench.file("s.yaml", text(seeds, more)), emptyList()) {
                    RecipeText.read(it)
                }
            )

        "the smallest p and the power, alone and after the correction" {
            lines(5) shouldContainExactly
                listOf(
                    "comparisons: 4 (2 cells, 1 figure and failures); the smallest p with 5 seeds " +
                        "is 0.007937, 0.03175 after Holm's correction",
                    "failures: rates of .5 and .1 are told apart with power 0.1210, 0.01845 after " +
                        "the correction; power .8 takes 23 seeds",
                )
            lines(24)[1] shouldBe
                "failures: rates of .5 and .1 are told apart with power 0.8342, 0.6478 after the " +
                    "correction"
        }

        "too few seeds are said, with how many would do" {
            lines(4, ", test: paired")[0] shouldBe
                "comparisons: 4 (2 cells, 1 figure and failures); the smallest p with 4 seeds is " +
                    "0.1250, 0.5000 after Holm's correction: no figure can fall below .05; 8 seeds " +
                    "can, or fewer figures"
            lines(2) shouldContainExactly
                listOf("comparisons: none; p-values need at least 3 seeds, these are 2")
        }

        "a dry run prints them" {
            val sweep = bench.file("dry.yaml", text(5, ""))
            bench.sparring("sweep", sweep, "--dry-run").out.lines().takeLast(3) shouldContainExactly
                lines(5) + ""
        }
    })
