package dev.sparring.dsl.claim

import dev.sparring.dsl.ComparisonTest
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.RecipeText
import dev.sparring.metric.Direction
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.writeText

class ClaimTextSpec :
    FreeSpec({
        val folder = tempdir("claims").toPath()
        folder.resolve("ring.yaml").writeText(SWEEP.trimIndent())

        fun read(text: String, name: String = "bsn.claim.yaml"): Claim {
            val file = folder.resolve(name).apply { writeText(text) }
            return ClaimText.read(file) { RecipeText.read(it) }
        }

        fun problem(text: String): String =
            shouldThrow<RecipeSyntaxException> { read(text) }
                .message!!
                .removePrefix("${folder.resolve("bsn.claim.yaml")}:")

        "a claim is its sentence, its source, a sweep beside it or in it, and rules" {
            val claim = read(claim("better: { figure: modes_hit, $PAIR }"))
            claim.name shouldBe "bsn"
            claim.sentence shouldBe "Norms help."
            claim.citation shouldBe "Anon"
            claim.place shouldBe "table 1"
            claim.differs shouldBe "smaller networks"
            claim.level shouldBe 0.05
            claim.sweep.cells.map { it.title } shouldContainExactly
                listOf("none, 8", "none, 16", "sn, 8", "sn, 16")
            val inside =
                read(
                    "name: inside\n" +
                        claim("better: { figure: modes_hit, $PAIR }")
                            .replace("ring.yaml", "\n" + SWEEP.trimIndent().prependIndent("  "))
                )
            inside.name shouldBe "inside"
            inside.sweep.seeds shouldBe claim.sweep.seeds
        }

        "every kind of rule" {
            val (better, equal, fewer, trend, value) =
                read(
                        claim(
                            """
                            - better: { figure: loss_d, $PAIR, by: 0.5, direction: lower, test: paired }
                            - equal: { figure: modes_hit, $PAIR, within: 1 }
                            - failures: { $PAIR }
                            - trend: { figure: modes_hit, along: batch, becomes: worse, at: { discriminator.norm: sn } }
                            - value: { figure: reverse_kl, cell: { discriminator.norm: sn, train.batch: 8 }, most: 0.25 }
                            """
                        )
                    )
                    .rules
            better as Better
            better.by shouldBe 0.5
            better.test shouldBe ComparisonTest.PAIRED
            better.direction shouldBe Direction.LOWER
            better.text shouldBe "loss_d of sn, 8 is better than of none, 8 by more than 0.5"
            equal as Equal
            equal.direction shouldBe Direction.HIGHER
            equal.test shouldBe ComparisonTest.WORST_RANK
            equal.text shouldBe "modes_hit of sn, 8 is within 1.0 of that of none, 8"
            fewer as FewerFailures
            fewer.text shouldBe "sn, 8 fails more rarely than none, 8"
            trend as Trend
            trend.along shouldBe "train.batch"
            trend.cells.map { it.title } shouldContainExactly listOf("sn, 8", "sn, 16")
            trend.text shouldBe "modes_hit gets worse from sn, 8 to sn, 16"
            value as Value
            value.text shouldBe "the median reverse_kl of sn, 8 is at most 0.25"
            val rate =
                read(
                        claim(
                            "failures: { cell: { discriminator.norm: none, train.batch: 8 }, least: 0.5 }"
                        )
                    )
                    .rules
                    .single()
            rate.text shouldBe "the rate of failures of none, 8 is at least 0.5"
        }

        "shares of the variance, among crossed seeds or named axes" {
            val crossed =
                "axes:\n  train.seeds.weights: [1, 2, 3]\n  train.seeds.noise: [1, 2, 3, 4]\n" +
                    "  train.batch: [8, 16]\nseeds: [1]"
            fun share(rule: String, sweep: String = crossed): Share {
                folder
                    .resolve("ring.yaml")
                    .writeText(SWEEP.trimIndent().replace(Regex("axes:[\\s\\S]*seeds: 8"), sweep))
                return try {
                    read(claim("share: $rule")).rules.single() as Share
                } finally {
                    folder.resolve("ring.yaml").writeText(SWEEP.trimIndent())
                }
            }
            val share =
                share("{ figure: reverse_kl, source: noise, least: 0.5, at: { train.batch: 16 } }")
            share.among shouldContainExactly listOf("train.seeds.weights", "train.seeds.noise")
            share.levels shouldContainExactly listOf(3, 4)
            share.cells.size shouldBe 12
            share.text shouldBe "the share of noise in the variance of reverse_kl is at least 0.5"
            val both =
                share(
                    "{ figure: reverse_kl, source: [noise, weights], most: 0.5, at: { train.batch: 8 } }"
                )
            both.text shouldBe
                "the share of weights x noise in the variance of reverse_kl is at most 0.5"
            val named =
                share(
                    "{ figure: reverse_kl, among: [batch, seed], source: seed, most: 0.5 }",
                    "axes: { train.batch: [8, 16, 32] }\nseeds: 4",
                )
            named.levels shouldContainExactly listOf(3, 4)
            shouldThrow<RecipeSyntaxException> {
                    share(
                        "{ figure: reverse_kl, source: seed, among: seed, most: 0.5 }",
                        "seeds: 2",
                    )
                }
                .problems
                .single()
                .text shouldBe "no interval, so nothing can be decided: seed has 2 values; 3 can"
        }

        "what is wrong has a place, and what would be right" -
            {
                val rules = "better, equal, failures, trend, value, share"
                val measured = "modes_hit, reverse_kl, loss_d"
                for ((text, message) in
                    listOf(
                        claim("").substringBefore("\nrule") to
                            "1:1: rule: expected what decides the claim, of the kinds $rules, got " +
                                "nothing; it is written before the first run",
                        claim("") to
                            "5:6: rule: expected one kind of rule with its settings ($rules), got nothing",
                        claim("[]") to "5:7: rule: expected at least one rule",
                        claim("beter: { figure: modes_hit }") to
                            "6:3: rule.beter: unknown kind of rule, did you mean 'better'? there is $rules",
                        claim("better: { figure: modes_hits, $PAIR }") to
                            "6:21: rule.better.figure: the sweep does not measure 'modes_hits', did " +
                                "you mean 'modes_hit'? it measures $measured",
                        claim("better: { figure: loss_d, $PAIR }") to
                            "6:11: rule.better.direction: which values of 'loss_d' are better is not " +
                                "known: write lower or higher; a failed run is worse than every figure",
                        claim("better: { figure: modes_hit, direction: lower, $PAIR }") to
                            "6:43: rule.better.direction: higher values of 'modes_hit' are better",
                        claim(
                            "better: { figure: modes_hit, cell: { discriminator.norm: sn, train.batch: 8 }, than: { discriminator.norm: nome, train.batch: 8 } }"
                        ) to
                            "6:110: rule.better.than.discriminator.norm: the sweep has no value 'nome', " +
                                "did you mean 'none'? there is none, sn",
                        claim(
                            "better: { figure: modes_hit, cell: { discriminator.norm: sn }, than: { discriminator.norm: none } }"
                        ) to
                            "6:38: rule.better.cell: expected a label of each axis, there is none of " +
                                "train.batch: one of 8, 16",
                        claim("better: { figure: modes_hit, cell: { norms: sn }, than: {} }") to
                            "6:40: rule.better.cell.norms: unknown setting; the sweep's axes: " +
                                "discriminator.norm, train.batch",
                        claim("equal: { figure: modes_hit, $PAIR, within: 0 }") to
                            "6:141: rule.equal.within: expected a number above 0, got '0'",
                        claim(
                            "value: { figure: modes_hit, cell: { discriminator.norm: sn, train.batch: 8 } }"
                        ) to "6:10: rule.value: expected least or most, got neither",
                        claim(
                            "failures: { cell: { discriminator.norm: sn, train.batch: 8 }, most: 1.5 }"
                        ) to "6:71: rule.failures.most: expected a number in [0, 1], got '1.5'",
                        claim("trend: { figure: modes_hit, along: depth, becomes: worse }") to
                            "6:38: rule.trend.along: the sweep has no axis 'depth'; there is " +
                                "discriminator.norm, train.batch, seed",
                        claim(
                            "share: { figure: modes_hit, source: weights, least: 0.5, among: norm }"
                        ) to
                            "6:10: rule.share.among: the sweep has 8 seeds, which are a source too: add seed",
                        claim(
                            "- failures: { $PAIR }\n- share: { figure: modes_hit, among: [batch, seed], source: seed, most: 0.1 }"
                        ) to
                            "7:12: rule.1.share.among: no interval, so nothing can be decided: " +
                                "train.batch has 2 values; 3 can",
                        claim("failures: { $PAIR }").replace("Norms help.", "''") to
                            "1:8: claim: expected the sentence that is claimed, got nothing",
                        claim("failures: { $PAIR }").replace(", place: table 1", "") to
                            "2:9: source.place: expected section, table or page, got nothing",
                        claim("failures: { $PAIR }").replace("ring.yaml", "rings.yaml") to
                            "4:8: sweep: there is no file ${folder.resolve("rings.yaml")}",
                        "level: 0.5\n" + claim("failures: { $PAIR }") to
                            "1:8: level: expected a probability above 0, 0.2 at most, got '0.5'",
                    )) {
                    message { problem(text) shouldBe message }
                }
            }

        "a rule that its seeds can never decide is refused, and how many could is said" {
            fun few(seeds: Int, rule: String): String {
                folder
                    .resolve("ring.yaml")
                    .writeText(SWEEP.trimIndent().replace("seeds: 8", "seeds: $seeds"))
                return try {
                    problem(claim(rule))
                } finally {
                    folder.resolve("ring.yaml").writeText(SWEEP.trimIndent())
                }
            }
            few(3, "better: { figure: modes_hit, $PAIR }") shouldBe
                "6:3: rule.better: can never be decided: with 3 seeds and 1 rule its p cannot fall " +
                    "below 0.10, the level is 0.05; 4 seeds can"
            few(5, "better: { figure: modes_hit, test: paired, $PAIR }") shouldBe
                "6:3: rule.better: can never be decided: with 5 seeds and 1 rule its p cannot fall " +
                    "below 0.063, the level is 0.05; 6 seeds can"
            few(4, "- failures: { $PAIR }\n- better: { figure: modes_hit, $PAIR }") shouldBe
                "6:5: rule.0.failures: can never be decided: with 4 seeds and 2 rules its p cannot " +
                    "fall below 0.057, the level is 0.05; 5 seeds can"
        }

        "the claims of samples are read" {
            val samples =
                Path.of("../../samples/claims").toFile().listFiles { file ->
                    file.name.endsWith(".claim.yaml")
                }!!
            samples.size shouldBe 10
            for (file in samples) {
                val claim = ClaimText.read(file.toPath()) { RecipeText.read(it) }
                claim.sweep.cells.all { it.recipe.train.portable } shouldBe true
            }
        }
    })

private fun claim(rule: String) =
    "claim: Norms help.\nsource: { citation: Anon, place: table 1 }\n" +
        "differs: smaller networks\nsweep: ring.yaml\nrule:" +
        (if (rule.startsWith("[")) " $rule" else "\n" + rule.trimIndent().prependIndent("  "))

private const val PAIR =
    "cell: { discriminator.norm: sn, train.batch: 8 }, than: { discriminator.norm: none, train.batch: 8 }"

private const val SWEEP =
    """
    recipe:
      data: ring
      generator: { latent: 2, layers: [{ type: dense, units: 2 }] }
      discriminator: { layers: [{ type: dense, units: 1 }] }
      train: { steps: 10, batch: 8 }
      evaluate: { every: 10, samples: 100 }
    axes:
      discriminator.norm: [none, sn]
      train.batch: [8, 16]
    seeds: 8
    measure: [modes_hit, reverse_kl, loss_d]
    """
