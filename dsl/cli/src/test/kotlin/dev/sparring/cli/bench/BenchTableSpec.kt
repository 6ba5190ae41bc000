package dev.sparring.cli.bench

import dev.sparring.cli.Workbench
import dev.sparring.dsl.RecipeText
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import java.util.Locale

class BenchTableSpec :
    FreeSpec({
        val small = Workload("small", RecipeText.fromYaml(Workbench.SMALL.trimIndent()), 1.5e9)
        val large =
            Workload(
                "large",
                small.recipe.train(small.recipe.train.batch(32).discriminatorSteps(5)),
                163_737_239_552.0,
            )

        fun case(workload: Workload, engine: String, vararg rounds: Reply.Measured) =
            BenchCase(workload, engine).apply { measured += rounds }

        fun round(version: String, peak: Long?, vararg seconds: Double) =
            Reply.Measured(version, seconds.toList(), peak)

        "a line for each recipe on each engine" {
            val cases =
                listOf(
                    // Medians of the rounds 0.5, 0.25 and 8: their median is the first one.
                    case(
                        large,
                        "torch",
                        round("libtorch 2", 1_200_000_000, 0.75, 0.5, 0.375),
                        round("libtorch 2", 1_300_499_999, 0.25, 0.25, 0.25, 0.125, 4.0),
                        round("libtorch 2", 1_100_000_000, 8.0),
                    ),
                    case(large, "nd4j").apply { failure = "no memory" },
                    case(small, "torch", round("libtorch 2", null, 0.0012345, 0.00125)),
                    case(small, "nd4j", round("ND4J 1", 999_500_000, 1.0, 2.0)),
                )
            val text = BenchTable("2 processors, Java 17", cases).text()
            text shouldBe
                """
                2 processors, Java 17
                torch: libtorch 2
                nd4j: ND4J 1
                large: 163.74 GFLOP an iteration (5 + 1 updates, batch 32), float32
                small: 1.5000 GFLOP an iteration (1 + 1 updates, batch 8), float32

                recipe  engine  s/iteration  shortest  GFLOP/s  peak MB  iterations
                large   torch        0.5000    0.1250    327.5     1300           9
                large   nd4j              -         -        -        -           -
                small   torch      0.001242  0.001235     1207        -           2
                small   nd4j          1.500     1.000    1.000     1000           2

                """
                    .trimIndent()
        }

        "figures do not depend on the user's language" {
            val one = listOf(case(small, "torch", round("libtorch 2", 1, 0.5)))
            val text = BenchTable("", one).text()
            val before = Locale.getDefault()
            Locale.setDefault(Locale.GERMANY)
            try {
                BenchTable("", one).text() shouldBe text
            } finally {
                Locale.setDefault(before)
            }
        }

        "the median is the middle, or halfway between the two" {
            median(listOf(3.0)) shouldBe 3.0
            median(listOf(9.0, 1.0, 2.0)) shouldBe 2.0
            median(listOf(9.0, 1.0, 2.0, 4.0)) shouldBe 3.0
        }
    })
