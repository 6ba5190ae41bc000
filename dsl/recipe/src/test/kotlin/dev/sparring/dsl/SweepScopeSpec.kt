package dev.sparring.dsl

import dev.sparring.dsl.sweep.SweepText
import dev.sparring.metric.Direction
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import kotlin.io.path.writeText

private val base =
    gan("tiny") {
        data = ring()
        generator(latent = 2) { dense(2) }
        discriminator { dense(1) }
        evaluate()
    }

private const val TEXT =
    """
name: norms
recipe: tiny.yaml
axes:
  discriminator.norm: [none, sn, { type: bssn, scale: 1.4 }]
  generator.init: { small: { type: normal, std: 0.02 }, orthogonal: orthogonal }
  train.order: [discriminatorFirst, generatorFirst]
  train.seeds.rest: [1, 2]
seeds: 3
measure: [loss_d, loss_g]
limit: { loss_d: 5 }
variance: [rest]
compare:
  baseline: { discriminator.norm: none, generator.init: small }
  test: paired
  figures: [loss_g, loss_d]
  lower: loss_g
  higher: [loss_d]
"""

class SweepScopeSpec :
    FreeSpec({
        fun messageOf(settings: SweepScope.() -> Unit): String? =
            shouldThrow<RecipeSyntaxException> { SweepText.of(sweep(settings = settings)) }.message

        "a sweep in the DSL is the same as its text" {
            val file = tempdir().toPath().resolve("x.yaml").apply { writeText(TEXT) }
            file.resolveSibling("tiny.yaml").writeText(RecipeText.toYaml(base))
            val read = SweepText.read(file, emptyList()) { base }
            val own =
                SweepText.of(
                    sweep("norms") {
                        recipe = base
                        axis("discriminator.norm", none, sn, bssn(scale = 1.4))
                        axis(
                            "generator.init",
                            "small" to normal(std = 0.02),
                            "orthogonal" to orthogonal,
                        )
                        axis(
                            "train.order",
                            dev.sparring.recipe.UpdateOrder.DISCRIMINATOR_FIRST,
                            "generatorFirst",
                        )
                        axis("train.seeds.rest", 1, 2)
                        seeds(3)
                        variance("rest")
                        measure("loss_d", "loss_g")
                        limit("loss_d" to 5)
                        compare(
                            "discriminator.norm" to none,
                            "generator.init" to "small",
                            test = ComparisonTest.PAIRED,
                            figures = listOf("loss_g", "loss_d"),
                            lower = listOf("loss_g"),
                            higher = listOf("loss_d"),
                        )
                    }
                )
            own.name shouldBe read.name
            own.seeds shouldBe read.seeds
            own.measures shouldBe read.measures
            own.limits shouldBe read.limits
            own.crossedSeeds shouldBe listOf("train.seeds.rest")
            read.crossedSeeds shouldBe own.crossedSeeds
            own.cells.map { it.labels } shouldBe read.cells.map { it.labels }
            own.cells.map { it.recipe } shouldBe read.cells.map { it.recipe }
            val (comparison, other) = own.comparison!! to read.comparison!!
            comparison.test shouldBe ComparisonTest.PAIRED
            other.test shouldBe ComparisonTest.PAIRED
            comparison.figures shouldBe listOf("loss_g", "loss_d")
            other.figures shouldBe comparison.figures
            other.baseline shouldBe comparison.baseline
            own.directions shouldBe mapOf("loss_g" to Direction.LOWER, "loss_d" to Direction.HIGHER)
            read.directions shouldBe own.directions
            own.cells.map { own.baselineOf(it)?.title } shouldBe
                read.cells.map { read.baselineOf(it)?.title }
        }

        "seeds are a count, a range or a list" {
            fun seeds(settings: SweepScope.() -> Unit) =
                SweepText.of(
                        sweep {
                            recipe = base
                            settings()
                        }
                    )
                    .seeds
            seeds { seeds(2) } shouldBe listOf(1L, 2L)
            seeds { seeds(4..5) } shouldBe listOf(4L, 5L)
            seeds { seeds(listOf(8, 3)) } shouldBe listOf(8L, 3L)
        }

        "what is wrong is said in one line" {
            messageOf { seeds(1) } shouldBe
                "sweep { }: recipe: expected recipe = gan { ... }, got nothing"
            messageOf { recipe = base } shouldBe
                "sweep { }: seeds: expected seeds such as [1, 2, 3], or how many, got nothing"
            messageOf {
                recipe = base
                axis("generator.init", initializer { _, _ -> doubleArrayOf() })
                seeds(1)
            } shouldBe
                "sweep { }: axes.generator.init: initializer { ... } has no text, and the runs of " +
                    "a sweep are trained from text"
            messageOf {
                recipe = base
                axis("train.batch", 4)
                axis("train.batch", 8)
                seeds(1)
            } shouldBe "sweep { }: axes.train.batch: is there twice"
            messageOf {
                recipe = base
                axis("train.batch", 4, 8)
                seeds(1)
                measure("loss_d")
                compare("train.batch" to 4)
            } shouldBe
                "sweep { }: compare: which values of 'loss_d' are better is not known: write lower: " +
                    "[loss_d] or higher: [loss_d], or figures: [...] without it, or test: mean"
            shouldThrow<IllegalArgumentException> { sweep { axis("x", "a" to 1, 2) } }
                .message shouldBe "axis x: either all values have a label, or none"
        }

        "lists and both optimizers are written as in YAML" {
            val written =
                gan("tiny") {
                    data = ring()
                    generator(latent = 2) { dense(2) }
                    discriminator { dense(1) }
                    terms = listOf(r1(), gradientPenalty)
                    terms(r1(gamma = 3.0))
                    optimizer(sgd(0.1))
                    optimizer { generator = adam }
                }
            written.terms shouldBe listOf(r1(), gradientPenalty, r1(gamma = 3.0))
            written.optimizer.generator shouldBe adam
            written.optimizer.discriminator shouldBe sgd(0.1)
        }
    })
