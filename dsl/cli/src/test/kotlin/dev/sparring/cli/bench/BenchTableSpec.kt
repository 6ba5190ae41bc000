package dev.sparring.cli.bench

import dev.sparring.cli.Workbench
import dev.sparring.dsl.RecipeText
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldEndWith
import io.kotest.matchers.string.shouldStartWith
import java.time.Clock
import java.time.Instant
import java.time.ZoneOffset
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

        "portable or not, each with its own line, and the ratio of the two" {
            val portable = BenchCase(small, "torch", portable = true)
            portable.measured += round("libtorch 2", null, 3.0)
            val cases = listOf(case(small, "torch", round("libtorch 2", null, 2.0)), portable)
            BenchTable("m", cases, Reference.notPortable())
                .text()
                .trimEnd()
                .lines()
                .takeLast(2) shouldBe
                listOf(
                    "small   torch                 2.000     2.000   0.7500        -           1      -            -",
                    "small   torch portable        3.000     3.000   0.5000        -           1   1.50         1.50",
                )
        }

        "beside a program of another library, the ratio of each round counts" {
            val peer = PeerProcess("python3 peer.py")
            val cases =
                listOf(
                    // Ratios 0.5, 0.75 and 2: the median is the second, whatever the rounds' speed.
                    case(
                        small,
                        "torch",
                        round("libtorch 2", null, 1.0),
                        round("libtorch 2", null, 3.0, 3.0, 9.0),
                        round("libtorch 2", null, 1.0),
                    ),
                    BenchCase(small, "peer", peer).apply {
                        measured +=
                            listOf(
                                round("PyTorch 2", 500_000_000, 2.0),
                                round("PyTorch 2", 400_000_000, 4.0),
                                round("PyTorch 2", 400_000_000, 0.5),
                            )
                    },
                    case(large, "torch", round("libtorch 2", null, 1.0)),
                )
            val text = BenchTable("", cases, Reference.peer("python3 peer.py")).text()
            text.lines().drop(6) shouldBe
                """
                recipe  engine  s/iteration  shortest  GFLOP/s  peak MB  iterations  ratio  of shortest
                small   torch         1.000     1.000    1.500        -           5   0.75         2.00
                small   peer          2.000    0.5000   0.7500      500           3      -            -
                large   torch         1.000     1.000    163.7        -           1      -            -
                """
                    .trimIndent()
                    .lines() + ""
        }

        "ratios to a recipe are those of the same engine, to an engine those of the same recipe" {
            val cases =
                listOf(
                    case(small, "torch", round("libtorch 2", null, 2.0)),
                    case(small, "nd4j", round("ND4J 1", null, 8.0)),
                    case(large, "torch", round("libtorch 2", null, 3.0)),
                    case(large, "nd4j", round("ND4J 1", null, 6.0)),
                )
            fun ratios(reference: Reference) = cases.map { reference.columns(it, cases)[0] }
            ratios(Reference.recipe("small")) shouldBe listOf("-", "-", "1.50", "0.75")
            ratios(Reference.engine("torch")) shouldBe listOf("-", "4.00", "-", "2.00")
        }

        "a page says when, against what and how" {
            val clock = Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC)
            val cases = listOf(case(small, "torch", round("libtorch 2", 1, 0.5)))
            val text =
                BenchPage(
                        BenchTable("2 processors", cases),
                        Reference.peer("python3 peer.py"),
                        3,
                        10,
                        clock,
                    )
                    .text()
            text shouldStartWith "# Speed, 2026-11-29\n\nMedians of 3 rounds of 10 seconds; "
            text shouldContain "`python3 peer.py`; below 1 is faster than it; "
            text shouldContain "```\n2 processors\n"
            text shouldEndWith "```\n"
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
