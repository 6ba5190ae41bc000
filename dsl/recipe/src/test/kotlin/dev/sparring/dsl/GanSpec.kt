package dev.sparring.dsl

import dev.sparring.init.FanRule
import dev.sparring.layer.Conv
import dev.sparring.layer.ConvTranspose
import dev.sparring.layer.GaussianNoise
import dev.sparring.layer.PadRule
import dev.sparring.layer.Padding
import dev.sparring.layer.PaddingMode
import dev.sparring.layer.Relu
import dev.sparring.recipe.Conventions
import dev.sparring.recipe.Ema
import dev.sparring.recipe.GeneratorStatistics
import dev.sparring.recipe.Latent
import dev.sparring.recipe.RecipeException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe

private fun network(settings: GeneratorScope.() -> Unit) =
    gan {
            data = digits
            generator(settings = settings)
            discriminator { dense(1) }
        }
        .generator

class GanSpec :
    FreeSpec({
        "an average has a decay or a half-life, and a later call changes what it names" {
            fun average(calls: GanScope.() -> Unit) =
                gan {
                        data = digits
                        generator { conv(1) }
                        discriminator { dense(1) }
                        calls()
                    }
                    .ema
            average { ema() } shouldBe Ema.ema()
            average {
                ema(halfLife = 500.0, ramp = 0.05)
                ema(start = 3, statistics = GeneratorStatistics.STANDING)
            } shouldBe
                Ema.ema()
                    .halfLife(500.0)
                    .ramp(0.05)
                    .start(3)
                    .statistics(GeneratorStatistics.STANDING)
            shouldThrow<IllegalArgumentException> { average { ema(0.9, halfLife = 5.0) } }
                .message shouldBe
                "decay 0.9 and halfLife 5.0 are two ways to say one thing: leave one of them out"
            val text = "ema: { halfLife: 500, ramp: 0.05, statistics: standing }\n"
            val whole =
                RecipeText.fromYaml(
                    "data: ring\ngenerator: { layers: [{ type: dense, units: 2 }] }\n" +
                        "discriminator: { layers: [{ type: dense, units: 1 }] }\n$text"
                )
            whole.ema shouldBe
                Ema.ema().halfLife(500.0).ramp(0.05).statistics(GeneratorStatistics.STANDING)
            Overrides.apply(whole, listOf("ema={ halfLife: 9 }")).ema shouldBe
                Ema.ema().halfLife(9.0)
            RecipeText.fromYaml(RecipeText.toYaml(whole)) shouldBe whole
        }

        "conventions are told from fans of the same word" {
            val recipe = gan {
                conventions = keras
                data = digits
                generator {
                    fans = pytorch
                    biasInit = constant(0.5)
                    conv(1, pad = same)
                }
                discriminator {
                    conv(1, pad = valid)
                    convTranspose(1, pad = even)
                }
            }
            recipe.conventions shouldBe Conventions.KERAS
            recipe.generator.fans shouldBe FanRule.PYTORCH
            recipe.generator.biasInit shouldBe constant(0.5)
            (recipe.generator.layers + recipe.discriminator.layers).map {
                (it as? Conv)?.pad ?: (it as ConvTranspose).pad
            } shouldBe listOf(PadRule.SAME, PadRule.VALID, PadRule.EVEN)
            RecipeText.fromYaml(RecipeText.toYaml(recipe)) shouldBe recipe
        }

        "settings that are left out take the records' defaults" {
            val recipe = gan {
                data = digits
                generator { dense(64) }
                discriminator { dense(1) }
            }
            recipe shouldBe
                dev.sparring.recipe.Recipe.recipe(
                    digits,
                    dev.sparring.recipe.Generator.generator(
                        listOf(dev.sparring.layer.Dense.dense(64))
                    ),
                    dev.sparring.recipe.Discriminator.discriminator(
                        listOf(dev.sparring.layer.Dense.dense(1))
                    ),
                )
        }

        "all missing parts are named" {
            shouldThrow<RecipeException> { gan { generator { init = orthogonal } } }
                .message shouldBe
                "data: missing: gan { } needs data = ...\n" +
                    "discriminator: missing: gan { } needs discriminator { ... }"
            shouldThrow<RecipeException> { gan("faces") { data = ring } }.message shouldBe
                "generator: missing: gan(\"faces\") { } needs generator { ... }\n" +
                    "discriminator: missing: gan(\"faces\") { } needs discriminator { ... }"
        }

        "layers come in the order of the calls, from loops and records too" {
            network {
                    repeat(2) {
                        conv(8 * (it + 1))
                        relu()
                    }
                    +Conv.conv(3).kernel(5)
                }
                .layers shouldBe
                listOf(Conv.conv(8), Relu(), Conv.conv(16), Relu(), Conv.conv(3).kernel(5))
        }

        "noise the layer stands beside noise the setting, and borders have names" {
            val generator = network {
                noise = Latent.UNIFORM
                noise(0.25)
                pad(3, mode = reflect)
                pad(2, zero)
                pad(1)
            }
            generator.noise shouldBe Latent.UNIFORM
            generator.layers shouldBe
                listOf(
                    GaussianNoise(0.25),
                    Padding(3, PaddingMode.REFLECT),
                    Padding(2, PaddingMode.ZERO),
                    Padding(1, PaddingMode.ZERO),
                )
        }

        "latent, noise and fans are settings like any other" {
            val generator = network {
                latent = 7
                noise = Latent.UNIFORM
                fans = pytorch
                dense(1)
            }
            generator.latent shouldBe 7
            generator.noise shouldBe Latent.UNIFORM
            generator.fans shouldBe FanRule.PYTORCH
        }

        "train, output and optimizer change what they name, again and again" {
            val recipe = gan {
                data = digits
                generator { dense(64) }
                discriminator { dense(1) }
                train(steps = 5)
                train(batch = 3)
                output(samplesEvery = 5)
                output(keepCheckpoints = 1)
                optimizer { generator = adam(1e-3) }
                optimizer { discriminator = sgd(0.1, momentum = 0.9) }
            }
            recipe.train shouldBe dev.sparring.recipe.Train.train().steps(5).batch(3)
            recipe.output shouldBe
                dev.sparring.recipe.Output.output().samplesEvery(5).keepCheckpoints(1)
            recipe.optimizer.generator shouldBe adam(lr = 1e-3)
            recipe.optimizer.discriminator shouldBe sgd(0.1, 0.9)
        }
    })
