package dev.sparring.dsl

import dev.sparring.dsl.sweep.Sweep
import dev.sparring.dsl.sweep.SweepText
import dev.sparring.metric.Direction
import dev.sparring.norm.Bssn
import dev.sparring.norm.Sn
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.writeText

class SweepTextSpec :
    FreeSpec({
        val folder = tempdir("sweep").toPath()
        val file = folder.resolve("s.yaml")
        folder.resolve("ring.yaml").writeText(RING.trimIndent())

        fun read(text: String, vararg overrides: String): Sweep {
            file.writeText(text.trimIndent())
            return SweepText.read(file, overrides.toList()) { RecipeText.read(it) }
        }

        fun problem(text: String): String =
            shouldThrow<RecipeSyntaxException> { read(text) }.message!!.replace("$folder", ".")

        "cells are all combinations, with seeds" {
            val sweep =
                read(
                    """
                    recipe: ring.yaml
                    axes:
                      discriminator.norm: [sn, { type: bssn, scale: 1.4 }]
                      generator.init: { orthogonal: orthogonal, "N(0, 0.02)": { type: normal, std: 0.02 } }
                    seeds: 3
                    measure: loss_g
                    compare: { baseline: { discriminator.norm: sn }, test: mean }
                    """,
                    "train.steps=7",
                )
            sweep.name shouldBe "s"
            sweep.seeds shouldContainExactly listOf(1L, 2L, 3L)
            sweep.measures shouldContainExactly listOf("loss_g")
            sweep.cells.map { it.title } shouldContainExactly
                listOf(
                    "sn, orthogonal",
                    "sn, N(0, 0.02)",
                    "bssn(scale=1.4), orthogonal",
                    "bssn(scale=1.4), N(0, 0.02)",
                )
            sweep.cells.map { it.folder } shouldContainExactly
                listOf(
                    "norm=sn_init=orthogonal",
                    "norm=sn_init=N-0-0.02",
                    "norm=bssn-scale-1.4_init=orthogonal",
                    "norm=bssn-scale-1.4_init=N-0-0.02",
                )
            sweep.cells[0].recipe.discriminator().norm().shouldBeInstanceOf<Sn>()
            sweep.cells[3].recipe.discriminator().norm().shouldBeInstanceOf<Bssn>()
            sweep.cells[3].recipe(9).train.seed shouldBe 9
            sweep.cells[3].recipe(9).train.steps shouldBe 7
            sweep.cells.map { sweep.baselineOf(it)?.title } shouldContainExactly
                listOf(null, null, "sn, orthogonal", "sn, N(0, 0.02)")
        }

        "a recipe may be written inline, and there need be no axes" {
            val sweep =
                read(
                    """
                    name: one
                    recipe:
                      data: ring
                      generator: { latent: 2, layers: [{ type: dense, units: 2 }] }
                      discriminator: { layers: [{ type: dense, units: 1 }] }
                    seeds: [5, -1]
                    """
                )
            sweep.name shouldBe "one"
            sweep.seeds shouldContainExactly listOf(5L, -1L)
            sweep.cells.map { it.title } shouldContainExactly listOf("base")
            sweep.compares shouldBe false
        }

        "figures whose direction is known are compared by ranks, unless the sweep says otherwise" {
            fun compared(more: String, evaluate: String = "evaluate={every: 5}") =
                read(
                    "recipe: ring.yaml\nseeds: 2\naxes: { discriminator.norm: [none, sn] }\n$more",
                    evaluate,
                )
            val baseline = "baseline: { discriminator.norm: none }"
            val usual = compared("compare: { $baseline }")
            usual.measures.take(2) shouldContainExactly listOf("loss_d", "loss_g")
            usual.comparison!!.test shouldBe ComparisonTest.WORST_RANK
            usual.comparison.figures shouldContainExactly usual.measures.drop(2)
            usual.directions["modes_hit"] shouldBe Direction.HIGHER
            usual.directions["loss_d"] shouldBe null
            compared("compare: { $baseline, test: mean }").comparison!!.figures shouldBe
                usual.measures
            val stated = compared("compare: { $baseline, lower: loss_g, figures: loss_g }")
            stated.comparison!!.figures shouldContainExactly listOf("loss_g")
            stated.directions["loss_g"] shouldBe Direction.LOWER
            shouldThrow<RecipeSyntaxException> {
                    compared("compare: { $baseline }", "evaluate=null")
                }
                .message shouldContain "compare: which values of 'loss_d' are better is not known"
        }

        "every column of metrics can be measured, whichever cell has it" {
            val start = "recipe: ring.yaml\nseeds: 1\naxes: { discriminator.norm: [none, sn] }\n"
            val norm = "sigma_ratio.discriminator.0.weight"
            val more = "measure: [modes_hit, $norm, d_real]\nlimit: { reverse_kl: 0.5 }"
            val sweep = read(start + more, "evaluate={every: 5}")
            sweep.measures shouldContainExactly listOf("modes_hit", norm, "d_real")
            sweep.limits shouldBe mapOf("reverse_kl" to 0.5)
        }

        "losses and figures of samples are measured unless the sweep sets others" {
            read("recipe: ring.yaml\nseeds: 1").measures shouldContainExactly
                listOf("loss_d", "loss_g")
            read("recipe: ring.yaml\nseeds: 1", "evaluate={every: 5}").measures.take(4) shouldBe
                listOf("loss_d", "loss_g", "modes_hit", "high_quality")
        }

        "the project's own sweeps can be read" {
            val samples = Path.of("../../samples")
            val files =
                Files.walk(samples).use { all ->
                    all.filter { it.name.endsWith(".yaml") && !it.name.endsWith(".claim.yaml") }
                        .filter { "seeds:" in it.readText() }
                        .toList()
                }
            files.map { it.name } shouldContainAll listOf("ring-norms.yaml", "norms.yaml")
            files.forEach { SweepText.read(it, emptyList()) { file -> RecipeText.read(file) } }
        }

        "seeds that axes vary are crossed, unless the sweep says which" {
            val axes =
                "axes: { train.seeds.weights: [1, 2], loss: [hinge, minimax], train.seeds.rest: [1], " +
                    "train.seeds.noise: [5, 6, 7] }"
            val sweep = read("recipe: ring.yaml\nseeds: 1\n$axes")
            sweep.crossedSeeds shouldBe listOf("train.seeds.weights", "train.seeds.noise")
            sweep.cells[4].recipe.train.seeds shouldBe seeds(weights = 1, rest = 1, noise = 6)
            read("recipe: ring.yaml\nseeds: 1\n$axes\nvariance: noise").crossedSeeds shouldBe
                listOf("train.seeds.noise")
            read("recipe: ring.yaml\nseeds: 2").crossedSeeds shouldBe emptyList()
        }

        "folders differ even if labels differ in unsafe characters or in case only" {
            val axis = "loss: { a/b: hinge, a*b: leastSquares, A-B: minimax, ..: wasserstein }"
            val sweep = read("recipe: ring.yaml\nseeds: 1\naxes:\n  $axis")
            sweep.cells.map { it.folder } shouldContainExactly
                listOf("loss=a-b", "loss=a-b-2", "loss=A-B-3", "loss=")
        }

        "axes with the same last key have longer names" {
            val axes =
                "{ generator.init: [orthogonal], discriminator.init: [orthogonal], generator.layers.0: [{ type: dense, units: 2 }] }"
            read("recipe: ring.yaml\nseeds: 1\naxes: $axes").cells.single().folder shouldBe
                "generator.init=orthogonal_discriminator.init=orthogonal_layers.0=dense-units-2"
        }

        "what is wrong is said with its place" -
            {
                val start = "recipe: ring.yaml\nseeds: 2\n"
                listOf(
                        "" to "./s.yaml: is empty; a sweep has at least recipe and seeds",
                        "axis: 3" to
                            "./s.yaml:1:1: axis: unknown setting, did you mean 'axes'? a sweep has " +
                                "name, recipe, axes, seeds, measure, limit, variance, compare",
                        "recipe: ring.yaml" to
                            "./s.yaml:1:1: seeds: expected seeds such as [1, 2, 3], or how many, got nothing",
                        "seeds: 1" to
                            "./s.yaml:1:1: recipe: expected a recipe file beside this one, or a " +
                                "recipe's settings, got nothing",
                        "seeds: 1\nrecipe: rings.yaml" to
                            "./s.yaml:2:9: recipe: there is no file ./rings.yaml",
                        "recipe: ring.yaml\nseeds: [1, 2, 1]" to
                            "./s.yaml:2:15: seeds: 1 is there twice",
                        "recipe: ring.yaml\nseeds: [1, two]" to
                            "./s.yaml:2:12: seeds: expected a whole number, got 'two'",
                        "recipe: ring.yaml\nseeds: 0" to
                            "./s.yaml:2:8: seeds: expected 1 to 10000 seeds, got 0",
                        "${start}axes: { generator.lattent: [1] }" to
                            "./s.yaml:3:9: generator.lattent: unknown setting, did you mean 'latent'? " +
                                "generator has latent, noise, init, biasInit, initByKind, fans, norm, layers",
                        "${start}axes: { generator.latent: [2, many] }" to
                            "./s.yaml:3:31: generator.latent: expected a whole number, got 'many'",
                        "${start}axes: { discriminator.norm: sn }" to
                            "./s.yaml:3:29: axes.discriminator.norm: expected a list of values, or " +
                                "values by label, got 'sn'",
                        "${start}axes: { discriminator.norm: { type: bssn, scale: 2 } }" to
                            "./s.yaml:3:29: axes.discriminator.norm: expected a list of values, or " +
                                "values by label, got bssn(scale=2)",
                        "${start}axes: { train.batch: [5], train: [{ batch: 4 }] }" to
                            "./s.yaml:3:9: axes.train.batch: the axis train sets it too; vary one " +
                                "of the two",
                        "${start}axes: { train.batch: [] }" to
                            "./s.yaml:3:22: axes.train.batch: expected at least one value",
                        "${start}axes: { train.batch: [2, 3, 2] }" to
                            "./s.yaml:3:29: axes.train.batch: '2' is there twice",
                        "${start}axes: { train.seed: [2, 3] }" to
                            "./s.yaml:3:9: axes.train.seed: seeds are no axis; write them under 'seeds', " +
                                "or those of one purpose as train.seeds.weights, order, noise or rest",
                        "${start}axes: { train.seeds.weights: [1, 2] }\nvariance: [weights, order]" to
                            "./s.yaml:4:21: variance: no axis varies the seed of order: write " +
                                "train.seeds.order: [1, 2, 3] under axes, or leave order out",
                        "${start}axes: { train.seeds.noise: [1] }\nvariance: noise" to
                            "./s.yaml:4:11: variance: no axis varies the seed of noise: write " +
                                "train.seeds.noise: [1, 2, 3] under axes, or leave noise out",
                        "${start}variance: [weight]" to
                            "./s.yaml:3:12: variance: unknown seed 'weight', did you mean " +
                                "'weights'? there is weights, order, noise, rest",
                        "${start}variance: []" to
                            "./s.yaml:3:11: variance: expected seeds, e.g. [weights, order]",
                        "${start}axes: { train.seeds.order: [1, two] }" to
                            "./s.yaml:3:32: train.seeds.order: expected a whole number, got 'two'",
                        "${start}axes: { loss: { a: hinge, b: { type: hinge } } }" to
                            "./s.yaml:3:1: cells 'a' and 'b' are the same recipe",
                        "${start}axes:\n  train.batch: [2, 4]\n  generator.layers.0.units: [2, 3]" to
                            "./s.yaml:5:33: generator.layers.0: the generator makes (3), but a sample " +
                                "of the data is (2), in cell '2, 3'",
                        "${start}measure: [los_d]" to
                            "./s.yaml:3:11: measure: unknown column 'los_d', did you mean 'loss_d'? " +
                                "there is loss_d, loss_g and diagnostics",
                        "${start}measure: [modes_hit]" to
                            "./s.yaml:3:11: measure: unknown column 'modes_hit'; there is " +
                                "loss_d, loss_g and diagnostics",
                        "${start}limit: [3]" to
                            "./s.yaml:3:8: limit: expected columns with upper limits, e.g. " +
                                "{ loss_g: 5 }",
                        "${start}limit: { loss_g: low }" to
                            "./s.yaml:3:18: limit.loss_g: expected a number, got 'low'",
                        "${start}limit: { los_g: 3 }" to
                            "./s.yaml:3:10: limit.los_g: unknown column 'los_g', did you mean " +
                                "'loss_g'? there is loss_d, loss_g and diagnostics",
                        "${start}axes: { loss: [hinge] }\ncompare: { baseline: { loss: hing } }" to
                            "./s.yaml:4:30: compare.baseline.loss: the axis has no value 'hing', did " +
                                "you mean 'hinge'? there is hinge",
                        "${start}axes: { loss: [hinge] }\ncompare: { baseline: { los: hinge } }" to
                            "./s.yaml:4:24: compare.baseline.los: unknown setting, did you mean " +
                                "'loss'? the sweep's axes: loss",
                        "${start}compare: none" to
                            "./s.yaml:3:10: compare.baseline: expected axes with a label each, " +
                                "e.g. { discriminator.norm: none }",
                        "$start${COMPARED}test: t }" to
                            "./s.yaml:4:45: compare.test: unknown test 't'; there is worstRank, " +
                                "mean, paired",
                        "$start${COMPARED}tests: mean }" to
                            "./s.yaml:4:39: compare.tests: unknown setting, did you mean 'test'? " +
                                "compare has baseline, test, figures, lower, higher",
                        "$start${COMPARED}figures: [lossg] }" to
                            "./s.yaml:4:49: compare.figures: 'lossg' is not measured, did you mean " +
                                "'loss_g'? there is loss_d, loss_g",
                        "$start${COMPARED}figures: [loss_g] }" to
                            "./s.yaml:4:49: compare: which values of 'loss_g' are better is not " +
                                "known: write lower: [loss_g] or higher: [loss_g], or figures: " +
                                "[...] without it, or test: mean",
                        "$start${COMPARED}lower: [loss_g], higher: loss_g }" to
                            "./s.yaml:4:64: compare.higher: lower values of 'loss_g' are better",
                        "${start}axes: { train.batch: { a: 1, b: 2 }, train.steps: ${(1..6000).toList()} }" to
                            "./s.yaml:3:1: axes: 10000 runs at most, these and the seeds make 24000",
                    )
                    .forEach { (text, message) ->
                        "$message".invoke { problem(text) shouldBe message }
                    }
            }

        "every problem is reported once, however many cells it is in" {
            problem(
                    "recipe: ring.yaml\nseeds: 1\naxes:\n  train.batch: [2, 0, 4]\n  loss: [hinge, hingg]"
                )
                .lines() shouldContainExactly
                listOf(
                    "./s.yaml:4:20: train.batch: must be >= 1, got 0",
                    "./s.yaml:5:17: loss: unknown loss 'hingg', did you mean 'hinge'? there is " +
                        "nonSaturating, minimax, hinge, leastSquares, wasserstein, " +
                        "logProbability, relativisticAverage, relativistic, weighted",
                )
        }
    })

private const val COMPARED = "axes: { loss: [hinge] }\ncompare: { baseline: { loss: hinge }, "

private val RING =
    """
    name: ring
    data: ring
    generator: { latent: 2, layers: [{ type: dense, units: 2 }] }
    discriminator: { layers: [{ type: dense, units: 1 }] }
    """
