package dev.sparring.dsl

import dev.sparring.dsl.diff.RecipeDiff
import dev.sparring.init.FanRule
import dev.sparring.init.Initializer
import dev.sparring.recipe.Recipe
import dev.sparring.setting.Settings
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.property.checkAll

private val BASE =
    """
    data: digits
    generator:
      layers:
        - { type: dense, units: 1024 }
        - { type: reshape, shape: [64, 4, 4] }
        - batchNorm
        - relu
        - { type: convTranspose, filters: 1, padding: 1 }
        - tanh
    discriminator:
      layers:
        - { type: conv, filters: 8, padding: 1 }
        - leakyRelu
        - { type: conv, filters: 16, padding: 1 }
        - leakyRelu
        - flatten
        - { type: dense, units: 1 }
    """
        .trimIndent()

/** A line for each difference of the two texts: kind, path, one, other. */
private fun lines(a: String, b: String): List<String> =
    RecipeDiff.of(RecipeText.fromYaml(a), RecipeText.fromYaml(b)).map {
        "${it.rank.word} ${it.path}: ${it.first} | ${it.second}"
    }

private fun changed(vararg changes: Pair<String, String>): String =
    changes.fold(BASE) { text, (from, to) ->
        check(from in text) { "not in the recipe: $from" }
        text.replaceFirst(from, to)
    }

class RecipeDiffSpec :
    FreeSpec({
        "recipes that look alike differ by their conventions" {
            val normal = "normal(mean 0, std 0.02) [default of conventions sparring]"
            fun default(value: String, of: String) = "$value [default of conventions $of]"
            val wide = "xavier(distribution uniform, gain 1) [default of conventions keras]"
            lines("name: a\n$BASE", "name: b\nconventions: keras\n$BASE") shouldBe
                listOf(
                    "normalization generator.layers.2.eps: ${default("1.0e-5", "sparring")} | " +
                        default("0.001", "keras"),
                    "normalization generator.layers.2.momentum: ${default("0.1", "sparring")} | " +
                        default("0.01", "keras"),
                    "initializer generator.layers.{0,4}.init: $normal | $wide",
                    "initializer discriminator.layers.{0,2,5}.init: $normal | $wide",
                    "optimizer optimizer.generator.eps: ${default("1.0e-8", "sparring")} | " +
                        default("1.0e-7", "keras"),
                    "optimizer optimizer.generator.epsHat: ${default("false", "sparring")} | " +
                        default("true", "keras"),
                    "optimizer optimizer.discriminator.eps: ${default("1.0e-8", "sparring")} | " +
                        default("1.0e-7", "keras"),
                    "optimizer optimizer.discriminator.epsHat: ${default("false", "sparring")} | " +
                        default("true", "keras"),
                )
        }

        "writing the defaults out makes no difference" {
            for (convention in listOf("sparring", "pytorch", "keras", "tensorflow1")) {
                val recipe = RecipeText.fromYaml("conventions: $convention\n$BASE")
                RecipeDiff.of(recipe, recipe.resolved()).shouldBeEmpty()
            }
            checkAll(100, recipes) { RecipeDiff.of(it, it.resolved()).shouldBeEmpty() }
        }

        "nor does writing a setting in another place" {
            val net = changed("discriminator:" to "discriminator:\n  init: he\n  norm: sn")
            val each =
                BASE.replace(
                        "padding: 1 }\n    - leaky",
                        "padding: 1, init: he, norm: sn }\n    - leaky",
                    )
                    .replace("units: 1 }", "units: 1, init: he, norm: sn }")
            val kind =
                changed(
                    "discriminator:" to
                        "discriminator:\n  norm: sn\n  initByKind: { conv: he, dense: he }"
                )
            lines(net, each).shouldBeEmpty()
            lines(net, kind).shouldBeEmpty()
            lines(BASE, changed("filters: 8, padding: 1" to "filters: 8")).shouldBeEmpty()
            lines(BASE, changed("filters: 8, padding: 1" to "filters: 8, pad: even"))
                .shouldBeEmpty()
        }

        "a setting of the network is listed once, with its origin for each layer" {
            lines(BASE, changed("discriminator:" to "discriminator:\n  norm: sn")) shouldBe
                listOf(
                    "normalization discriminator.layers.{0,2,5}.norm: none [default] | " +
                        "sn(power {iterations 1, warmup 0, throughVectors false}, mode scale) [from discriminator.norm]"
                )
        }

        "an inserted layer does not make those after it differ" {
            val more =
                changed(
                    "- { type: conv, filters: 16, padding: 1 }\n" to
                        "- { type: dropout, rate: 0.3 }\n    - { type: conv, filters: 16, padding: 1 }\n    - batchNorm\n"
                )
            lines(BASE, more) shouldBe
                listOf(
                    "architecture discriminator.layers.4: none | batchNorm",
                    "regularizer discriminator.layers.2: none | dropout(rate 0.3)",
                )
            lines(more, BASE).map { it.substringBefore(':') }.toSet() shouldBe
                lines(BASE, more).map { it.substringBefore(':') }.toSet()
            lines(changed("leakyRelu" to "relu"), changed("filters: 16" to "filters: 32")) shouldBe
                listOf(
                    "architecture discriminator.layers.1: relu | leakyRelu",
                    "architecture discriminator.layers.2.filters: 16 | 32",
                )
        }

        "layers in another order are removed and inserted" {
            val swapped =
                changed("    - batchNorm\n    - relu\n" to "    - relu\n    - batchNorm\n")
            lines(BASE, swapped).sorted() shouldBe
                listOf(
                    "architecture generator.layers.2: batchNorm | none",
                    "architecture generator.layers.3: none | batchNorm",
                )
        }

        "differences are ordered by importance, not as in the recipe" {
            val other =
                changed(
                    "data: digits" to "data: fashionMnist\nloss: hinge",
                    "- tanh" to "- sigmoid",
                    "discriminator:" to
                        "discriminator:\n  init: orthogonal\n  norm: { type: ssn, scale: 1.4 }",
                ) +
                    """

                    optimizer: { generator: { type: adam, lr: 0.001, weightDecay: 0.1 } }
                    train: { seed: 3, discriminatorSteps: 5, order: generatorFirst }
                    output: { sampleCount: 9 }
                    """
                        .trimIndent()
            lines(BASE, other).map { it.substringBefore(':') } shouldBe
                listOf(
                    "data data",
                    "loss loss",
                    "architecture generator.layers.5",
                    "normalization discriminator.layers.{0,2,5}.norm",
                    "initializer discriminator.layers.{0,2,5}.init",
                    "optimizer optimizer.generator.lr",
                    "updates train.discriminatorSteps",
                    "updates train.order",
                    "regularizer optimizer.generator.weightDecay",
                    "run train.seed",
                    "output output.sampleCount",
                )
            lines(BASE, other).filter { "seed" in it || "loss" in it } shouldBe
                listOf(
                    "loss loss: nonSaturating(realTarget 1) [default] | hinge",
                    "run train.seed: 42 [default] | 3",
                )
        }

        "fans are listed if they have an effect" {
            fun init(word: String, fans: String) =
                changed("generator:" to "generator:\n  init: $word\n  fans: $fans")
            lines(init("normal", "forward"), init("normal", "pytorch")).shouldBeEmpty()
            lines(init("he", "forward"), init("he", "pytorch")) shouldBe
                listOf("initializer generator.fans: forward | pytorch")
        }

        "a norm that draws weights stands for their initializer" {
            fun norm(more: String) =
                changed("discriminator:" to "discriminator:\n  norm: equalized$more")
            lines(BASE, norm("")) shouldBe
                listOf(
                    "normalization discriminator.layers.{0,2,5}.norm: none [default] | " +
                        "equalized(gain auto, multiplier 1) [from discriminator.norm]",
                    "initializer discriminator.layers.{0,2,5}.init.std: " +
                        "0.02 [default of conventions sparring] | 1 [from discriminator.norm]",
                )
            lines(norm(""), norm("\n  init: he")).shouldBeEmpty()
        }

        "fans are listed if a norm uses them" {
            fun fans(rule: String) =
                changed("generator:" to "generator:\n  norm: equalized\n  fans: $rule")
            lines(fans("forward"), fans("pytorch")) shouldBe
                listOf("initializer generator.fans: forward | pytorch")
        }

        "layers that make others are drawn by the kinds of what they make" {
            fun block(kinds: String) =
                changed(
                    "- { type: conv, filters: 16, padding: 1 }" to
                        "- { type: residualBlock, filters: 8, normalize: batch }",
                    "discriminator:" to "discriminator:\n  initByKind: $kinds",
                )
            val normal = "normal(mean 0, std 0.02) [default of conventions sparring]"
            val one = "normal(mean 1, std 0.02)"
            lines(block("{ dense: zeros }"), block("{ dense: zeros, conv: ones }")) shouldBe
                listOf(
                    "initializer discriminator.layers.{0,2}.init: $normal | " +
                        "ones [from discriminator.initByKind.conv]"
                )
            lines(
                block("{}"),
                block("{ batchNorm: { type: normal, mean: 1, std: 0.02 } }"),
            ) shouldBe
                listOf(
                    "initializer discriminator.layers.2.init: $normal | " +
                        "[$one, normal(mean 0, std 0.02)]"
                )
        }

        "what a layer does not draw is not told" {
            fun plain(init: String) =
                changed(
                    "- leakyRelu\n    - { type: conv, filters: 16" to
                        "- { type: layerNorm, affine: false }\n    - concatLabels\n" +
                            "    - { type: conv, filters: 16",
                    "discriminator:" to "discriminator:\n  init: $init",
                )
            lines(plain("he"), plain("ones")).map { it.substringBefore(':') } shouldBe
                listOf("initializer discriminator.layers.{0,3,6}.init")
        }

        "an initializer of a user that counts fans is one" {
            fun recipe(rule: FanRule, init: Initializer): Recipe {
                val read = RecipeText.fromYaml(BASE)
                return Settings.with(
                    read,
                    "generator",
                    Settings.with(Settings.with(read.generator, "fans", rule), "init", init),
                )
            }
            fun paths(init: Initializer) =
                RecipeDiff.of(recipe(FanRule.FORWARD, init), recipe(FanRule.PYTORCH, init)).map {
                    it.path
                }
            paths { weight, _ ->
                DoubleArray(weight.shape().elements()) { weight.fans().`in`() }
            } shouldBe listOf("generator.fans")
            paths { weight, _ -> DoubleArray(weight.shape().elements()) }.shouldBeEmpty()
        }

        "padding is one setting, however it is written" {
            lines(
                "conventions: tensorflow1\n" + changed("filters: 8, padding: 1" to "filters: 8"),
                "conventions: tensorflow1\n" + BASE,
            ) shouldBe
                listOf(
                    "architecture discriminator.layers.0.padding: " +
                        "same [default of conventions tensorflow1] | 1"
                )
        }

        "layers of blocks take initializers from the network that uses them" {
            fun blocks(name: String, norm: String) =
                changed(
                    "- { type: conv, filters: 16, padding: 1 }" to "- { type: block, name: $name }",
                    "discriminator:" to "discriminator:\n  norm: $norm",
                ) + "\nblocks: [{ name: $name, layers: [{ type: conv, filters: 16, padding: 1 }] }]"
            lines(blocks("body", "none"), blocks("other", "none")).shouldBeEmpty()
            lines(blocks("body", "none"), blocks("body", "sn")) shouldBe
                listOf(
                    "normalization discriminator.layers.{0,5}.norm and of 1 more layers: " +
                        "none [default] | sn(power {iterations 1, warmup 0, throughVectors false}, mode scale) " +
                        "[from discriminator.norm]"
                )
        }

        "equal differences at all depths of a network are listed once" {
            fun nested(kernel: Int) =
                changed(
                    "- { type: conv, filters: 16, padding: 1 }" to
                        "- type: skip\n" +
                            "      layers:\n" +
                            "        - { type: conv, filters: 4, kernel: $kernel }\n" +
                            "        - { type: skip, layers: [{ type: conv, filters: 4, " +
                            "kernel: $kernel }] }",
                    "filters: 8, padding: 1" to "filters: 8, kernel: $kernel",
                )
            lines(nested(3), nested(5)) shouldBe
                listOf(
                    "architecture discriminator.layers.0.kernel and of 2 more layers: 3 [default] | 5",
                    "architecture discriminator.layers.0.padding and of 2 more layers: " +
                        "1 [default of conventions sparring] | 2 [default of conventions sparring]",
                )
        }

        "no recipe differs from itself, and all differences have two sides" {
            checkAll(100, recipes, recipes) { a, b ->
                RecipeDiff.of(a, a).shouldBeEmpty()
                val there = RecipeDiff.of(a, b)
                there.map { it.rank } shouldBe there.map { it.rank }.sorted()
                there.none { it.first == it.second } shouldBe true
            }
        }
    })
