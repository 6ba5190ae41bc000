package dev.sparring.cli.claim

import dev.sparring.cli.Words
import dev.sparring.cli.sweep.SweepResult
import dev.sparring.cli.sweep.SweepRun
import dev.sparring.cli.workbench
import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.claim.Claim
import dev.sparring.dsl.claim.ClaimText
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldEndWith

/** Verdicts about results that are given here, so that nothing is trained. */
class JudgeSpec :
    FreeSpec({
        val bench = workbench()

        fun claim(
            rule: String,
            axes: String = "discriminator.norm: [none, sn]",
            seeds: Int = 5,
        ): Claim {
            val file =
                bench.file(
                    "c.claim.yaml",
                    "claim: a\nsource: { citation: b, place: c }\nsweep:\n" +
                        "  recipe: { data: ring, evaluate: { every: 5, samples: 50 }, generator: { latent: 2, " +
                        "layers: [{ type: dense, units: 2 }] }, discriminator: { layers: [{ type: dense, units: 1 }] } }\n" +
                        "  axes: { $axes }\n  seeds: $seeds\n  measure: [modes_hit, reverse_kl]\nrule:\n" +
                        rule.trimIndent().prependIndent("  "),
                )
            return ClaimText.read(file) { RecipeText.read(it) }
        }

        /** A figure of each run, cell by cell; null of one that failed. */
        fun judge(claim: Claim, figure: String, vararg values: Double?): Judge {
            val runs = SweepRun.all(claim.sweep, bench.folder, Words.load(emptyList()))
            check(runs.size == values.size)
            val results =
                runs.zip(values.toList()) { run, value ->
                    if (value == null) SweepResult(run, "diverged", 3, 0, emptyMap())
                    else SweepResult(run, "completed", 10, 0, mapOf(figure to value))
                }
            return Judge(claim, results)
        }

        fun verdicts(judge: Judge) = judge.rulings.map { it.verdict }

        val cells = "cell: { discriminator.norm: sn }, than: { discriminator.norm: none }"

        "better: as far apart as can be, the other way round, and too little" {
            val claim = claim("better: { figure: reverse_kl, $cells }")
            val good = judge(claim, "reverse_kl", 5.0, 6.0, 7.0, 8.0, 9.5, 1.0, 2.0, 3.0, 4.0, 4.5)
            good.verdict shouldBe Verdict.HOLDS
            val evidence = good.rulings.single().evidence
            evidence.p!! shouldBe (2 / 252.0 plusOrMinus 1e-12)
            // All of 25 differences lie between 4.5 - 5 and 1 - 9.5; the middle one is 3 - 7.
            evidence.estimate shouldBe -4.0
            evidence.note shouldBe
                "median 3.000 against 7.000, better in 100.0 % of pairs; failed 0 of 5 and 0 of 5"
            judge(claim, "reverse_kl", 1.0, 2.0, 3.0, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 9.5)
                .verdict shouldBe Verdict.FAILS
            judge(claim, "reverse_kl", 1.0, 3.0, 5.0, 7.0, 9.0, 2.0, 4.0, 6.0, 8.0, 10.0)
                .verdict shouldBe Verdict.UNDECIDED
        }

        "better: higher values, where higher is better" {
            val claim = claim("better: { figure: modes_hit, $cells }")
            val judge = judge(claim, "modes_hit", 1.0, 2.0, 2.0, 1.0, 3.0, 8.0, 7.0, 8.0, 6.0, 7.0)
            judge.verdict shouldBe Verdict.HOLDS
            judge.rulings.single().evidence.estimate shouldBe 5.0
            judge.rulings.single().evidence.interval!!.low shouldBe 4.0
        }

        "better: a failed run is worse than every figure, so survivors do not win" {
            val claim = claim("better: { figure: reverse_kl, $cells }")
            val judge =
                judge(claim, "reverse_kl", 5.0, 6.0, 7.0, 8.0, 9.5, null, null, null, null, 0.1)
            judge.verdict shouldBe Verdict.UNDECIDED
            judge.rulings.single().evidence.leaning shouldBe -1
            judge.rulings.single().evidence.note shouldBe
                "median failed against 7.000, better in 20.00 % of pairs; failed 4 of 5 and 0 of 5"
            judge(claim, "reverse_kl", 5.0, 6.0, 7.0, 8.0, 9.5, null, null, null, null, null)
                .verdict shouldBe Verdict.FAILS
        }

        "better by: the difference has to be more than that" {
            val values = arrayOf<Double?>(5.0, 6.0, 7.0, 8.0, 9.5, 1.0, 2.0, 3.0, 4.0, 4.5)
            fun by(by: Double) =
                judge(
                    claim("better: { figure: reverse_kl, by: $by, $cells }"),
                    "reverse_kl",
                    *values,
                )
            by(0.4).verdict shouldBe Verdict.HOLDS
            by(4.0).verdict shouldBe Verdict.UNDECIDED
            // Better, but surely not by that much.
            by(9.0).verdict shouldBe Verdict.FAILS
        }

        "better, paired: what the seed does to both does not count" {
            val claim = claim("better: { figure: reverse_kl, test: paired, $cells }", seeds = 6)
            val values =
                arrayOf<Double?>(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.9, 1.8, 2.7, 3.6, 4.5, 5.4)
            val paired = judge(claim, "reverse_kl", *values)
            paired.verdict shouldBe Verdict.HOLDS
            paired.rulings.single().evidence.p!! shouldBe (2 / 64.0 plusOrMinus 1e-12)
            judge(claim("better: { figure: reverse_kl, $cells }", seeds = 6), "reverse_kl", *values)
                .verdict shouldBe Verdict.UNDECIDED
        }

        "equal: inside both limits, outside of one, and too wide to tell" {
            fun within(limit: Double, vararg values: Double?) =
                judge(
                    claim("equal: { figure: reverse_kl, within: $limit, $cells }"),
                    "reverse_kl",
                    *values,
                )
            val alike = arrayOf<Double?>(5.0, 5.1, 5.2, 5.3, 5.4, 5.05, 5.15, 5.25, 5.35, 5.45)
            within(1.0, *alike).verdict shouldBe Verdict.HOLDS
            // The difference is about .05, so its absence within .1 is not shown, nor its presence.
            within(0.1, *alike).verdict shouldBe Verdict.UNDECIDED
            val apart = arrayOf<Double?>(5.0, 5.1, 5.2, 5.3, 5.4, 1.0, 1.1, 1.2, 1.3, 1.4)
            within(1.0, *apart).verdict shouldBe Verdict.FAILS
            within(9.0, *apart).verdict shouldBe Verdict.HOLDS
            within(1.0, *(apart.drop(5) + apart.take(5)).toTypedArray()).verdict shouldBe
                Verdict.FAILS
        }

        "failures: fewer than another cell's, and at a rate" {
            val fewer = claim("failures: { $cells }")
            val bad = arrayOf<Double?>(null, null, null, null, null)
            val good = arrayOf<Double?>(1.0, 1.0, 1.0, 1.0, 1.0)
            judge(fewer, "reverse_kl", *bad, *good).verdict shouldBe Verdict.HOLDS
            judge(fewer, "reverse_kl", *good, *bad).verdict shouldBe Verdict.FAILS
            judge(fewer, "reverse_kl", *good, *good).verdict shouldBe Verdict.UNDECIDED
            judge(fewer, "reverse_kl", *bad, *good).rulings.single().evidence.note shouldBe
                "failed 0 of 5 against 5 of 5"
            val most = claim("failures: { cell: { discriminator.norm: sn }, most: 0.7 }")
            judge(most, "reverse_kl", *bad, *good).verdict shouldBe Verdict.HOLDS
            judge(most, "reverse_kl", *good, *bad).verdict shouldBe Verdict.UNDECIDED
            val least = claim("failures: { cell: { discriminator.norm: sn }, least: 0.7 }")
            judge(least, "reverse_kl", *bad, *good).verdict shouldBe Verdict.FAILS
        }

        "trend: along an axis, and not by the ends alone" {
            val axes = "train.batch: [4, 8, 16]"
            val worse =
                claim("trend: { figure: reverse_kl, along: batch, becomes: worse }", axes, 3)
            val better =
                claim("trend: { figure: reverse_kl, along: batch, becomes: better }", axes, 3)
            val rising = arrayOf<Double?>(1.0, 2.0, 1.5, 3.0, 4.0, 3.5, 5.0, null, 6.0)
            val judge = judge(worse, "reverse_kl", *rising)
            judge.verdict shouldBe Verdict.HOLDS
            judge.rulings.single().evidence.estimate shouldBe 1.0
            judge.rulings.single().evidence.note shouldBe
                "medians 1.500, 3.500, 6.000 along train.batch"
            judge(better, "reverse_kl", *rising).verdict shouldBe Verdict.FAILS
            judge(worse, "reverse_kl", 1.0, 5.0, 3.0, 2.0, 4.0, 3.5, 1.5, 4.5, 2.5).verdict shouldBe
                Verdict.UNDECIDED
        }

        "value: the median of a cell" {
            val claim =
                claim(
                    "value: { figure: modes_hit, cell: { discriminator.norm: sn }, least: 7 }",
                    seeds = 6,
                )
            val any = arrayOf<Double?>(1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
            val judge = judge(claim, "modes_hit", *any, 7.0, 7.5, 8.0, 8.0, 8.0, 8.0)
            judge.verdict shouldBe Verdict.HOLDS
            judge.rulings.single().evidence.interval!!.low shouldBe 7.0
            judge(claim, "modes_hit", *any, 7.0, 7.5, 8.0, 8.0, 8.0, null).verdict shouldBe
                Verdict.UNDECIDED
            judge(claim, "modes_hit", *any, 1.0, 2.0, 3.0, 4.0, null, 6.9).verdict shouldBe
                Verdict.FAILS
        }

        "share: by the interval of a component of variance" {
            fun share(bound: String, weights: Int = 5) =
                claim(
                    "share: { figure: reverse_kl, source: weights, $bound }",
                    "train.seeds.weights: ${(1..weights).toList()}",
                    4,
                )
            // Each weight's own number, and a hundredth of it of everything else.
            val values =
                (1..5)
                    .flatMap { w -> (1..4).map { s -> w * w + 0.01 * ((w * s * 7) % 5) } }
                    .toTypedArray<Double?>()
            judge(share("least: 0.9"), "reverse_kl", *values).verdict shouldBe Verdict.HOLDS
            judge(share("most: 0.5"), "reverse_kl", *values).verdict shouldBe Verdict.FAILS
            judge(share("least: 0.5"), "reverse_kl", *values).rulings.single().corrected shouldBe
                null
            // The other seed's number, and hardly anything of the weights'.
            fun others(weights: Int) =
                (1..weights)
                    .flatMap { w -> (1..4).map { s -> 3.0 * s * s + 0.01 * ((w * s * 7) % 5) } }
                    .toTypedArray<Double?>()
            judge(share("least: 0.9", 16), "reverse_kl", *others(16)).verdict shouldBe Verdict.FAILS
            // The bootstrap's upper end is too low with few values, so nothing follows from it.
            judge(share("least: 0.9"), "reverse_kl", *others(5)).let {
                it.verdict shouldBe Verdict.UNDECIDED
                it.rulings.single().evidence.note shouldEndWith
                    "; the interval's upper end decides nothing with fewer than 16 values of a source"
            }
            // Some of everything: with so few values the interval is too wide to tell.
            val mixed =
                (1..5)
                    .flatMap { w -> (1..4).map { s -> ((w * 3 + s * s * 5) % 7).toDouble() } }
                    .toTypedArray<Double?>()
            judge(share("least: 0.9"), "reverse_kl", *mixed).verdict shouldBe Verdict.UNDECIDED
        }

        "Holm's correction is over all rules, and all have to hold" {
            val claim = claim("- better: { figure: reverse_kl, $cells }\n- failures: { $cells }")
            val judge = judge(claim, "reverse_kl", 5.0, 6.0, 7.0, 8.0, 9.5, 1.0, 2.0, 3.0, 4.0, 4.5)
            judge.rulings[0].corrected!! shouldBe (4 / 252.0 plusOrMinus 1e-12)
            verdicts(judge) shouldContainExactly listOf(Verdict.HOLDS, Verdict.UNDECIDED)
            judge.verdict shouldBe Verdict.UNDECIDED
            Verdict.ofAll(listOf(Verdict.HOLDS, Verdict.UNDECIDED, Verdict.FAILS)) shouldBe
                Verdict.FAILS
        }

        "a figure that runs lack decides nothing" {
            val claim = claim("better: { figure: modes_hit, $cells }")
            val judge = judge(claim, "reverse_kl", 5.0, 6.0, 7.0, 8.0, 9.5, 1.0, 2.0, 3.0, 4.0, 4.5)
            judge.verdict shouldBe Verdict.UNDECIDED
            judge.rulings.single().evidence.note shouldBe "10 runs completed without modes_hit"
        }
    })
