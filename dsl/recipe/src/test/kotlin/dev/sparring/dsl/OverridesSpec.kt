package dev.sparring.dsl

import dev.sparring.layer.Conv
import dev.sparring.layer.Dense
import dev.sparring.layer.LeakyRelu
import dev.sparring.layer.PadRule
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.property.checkAll

private fun changed(vararg settings: String) = Overrides.apply(kotlinFace, settings.toList())

private fun messageOf(vararg settings: String) =
    shouldThrow<RecipeSyntaxException> { changed(*settings) }.message

class OverridesSpec :
    FreeSpec({
        "a single setting is changed and nothing else" {
            changed("train.steps=10") shouldBe kotlinFace.train(kotlinFace.train.steps(10))
            changed("optimizer.generator.lr=1e-4").optimizer.generator shouldBe adam(1e-4)
            changed("generator.layers.0.units=64").generator.layers[0] shouldBe Dense.dense(64)
            changed("name=12").name shouldBe "12"
            changed() shouldBe kotlinFace
        }

        "any recipe stays what it is if nothing is set" {
            checkAll(100, recipes) {
                Overrides.apply(it, listOf("name=\"${it.name}\"")) shouldBe it
            }
        }

        "a whole is replaced, by a word or by settings" {
            changed("loss=wasserstein").loss shouldBe wasserstein
            changed("optimizer.generator=rmsProp").optimizer.generator shouldBe rmsProp
            changed("data={ type: noise, channels: 1, height: 8, width: 8 }").data shouldBe
                noise(1, 8, 8)
            changed("discriminator.layers=[flatten, { type: dense, units: 1 }]")
                .discriminator
                .layers
                .size shouldBe 2
        }

        "a setting can be set, and set to null again" {
            changed("discriminator.layers.0.init=he").discriminator.layers[0] shouldBe
                Conv.conv(32).init(he)
            changed(
                    "discriminator.layers.0.init.type=normal",
                    "discriminator.layers.0.init.std=0.1",
                )
                .discriminator
                .layers[0] shouldBe Conv.conv(32).init(normal(std = 0.1))
            changed("generator.initByKind.conv=null").generator.initByKind.conv shouldBe null
            changed("train.seeds.weights=3").train.seeds shouldBe seeds(weights = 3)
            changed("train.seeds={ order: 2 }", "train.seeds.noise=-1").train.seeds shouldBe
                seeds(order = 2, noise = -1)
        }

        "changing one setting that a convention decides keeps the convention's others" {
            val silent = gan {
                data = digits
                generator { conv(1) }
                discriminator { dense(1) }
            }
            fun init(vararg settings: String) =
                Overrides.apply(silent, settings.toList()).generator.init
            init("generator.init.std=0.1") shouldBe normal(std = 0.1)
            init("conventions=keras", "generator.init.gain=2") shouldBe xavier(gain = 2.0)
            init("generator.init=null", "train.steps=2") shouldBe null
            Overrides.apply(silent, listOf("generator.layers.0.pad=same"))
                .generator
                .layers[0] shouldBe Conv.conv(1).pad(PadRule.SAME)
        }

        "a new type keeps the settings that it knows and drops the others" {
            changed("loss.type=minimax").loss shouldBe minimax
            changed("discriminator.norm.type=sn").discriminator.norm shouldBe sn(power(warmup = 15))
            changed("optimizer.generator.type=sgd").optimizer.generator shouldBe sgd(2e-4)
        }

        "changes follow one another" {
            changed(
                    "discriminator.layers.1=relu",
                    "discriminator.layers.1=leakyRelu",
                    "discriminator.layers.1.slope=0.3",
                )
                .discriminator
                .layers[1] shouldBe LeakyRelu(0.3)
        }

        "an unknown path is answered with the nearest setting and the list" {
            messageOf("train.stpes=10") shouldBe
                "--set train.stpes=10: train.stpes: unknown setting, did you mean 'steps'? " +
                    "train has steps, batch, seed, seeds, discriminatorSteps, generatorSteps, order, generatorBatch, reuseNoise, accumulate, shuffle, precision, portable, schedules"
            messageOf("discriminator.norm.scael=1") shouldBe
                "--set discriminator.norm.scael=1: discriminator.norm.scael: unknown setting, " +
                    "did you mean 'scale'? bssn has scale, power"
            messageOf("generator.layers.20.units=1") shouldBe
                "--set generator.layers.20.units=1: generator.layers.20: no such item; expected 0 to 8"
            messageOf("generator.layers.first=1") shouldBe
                "--set generator.layers.first=1: generator.layers.first: no such item; expected 0 to 8"
            messageOf("train.steps.max=1") shouldBe
                "--set train.steps.max=1: train.steps: is a single value and has no 'max'"
            messageOf("generator.layers.0.init.gain=2") shouldBe
                "--set generator.layers.0.init.gain=2: generator.layers.0.init: is not set; " +
                    "set it as a whole first"
        }

        "a wrong value is answered as in a file" {
            messageOf("loss=hing", "train.steps=many", "train.batch=") shouldBe
                """
                |--set loss=hing: loss: unknown loss 'hing', did you mean 'hinge'? there is nonSaturating, minimax, hinge, leastSquares, wasserstein, logProbability, relativisticAverage, relativistic, weighted
                |--set train.steps=many: train.steps: expected a whole number, got 'many'
                |--set train.batch=: train.batch: expected a whole number, got nothing"""
                    .trimMargin()
            messageOf("train.steps=0") shouldBe
                "--set train.steps=0: train.steps: must be >= 1, got 0"
            messageOf("discriminator.norm.type=orthogonal")!!.substringBefore(';') shouldBe
                "--set discriminator.norm.type=orthogonal: discriminator.norm.type: unknown weight norm 'orthogonal'"
            messageOf("generator.layers.3.type=conv") shouldBe
                "--set generator.layers.3.type=conv: generator.layers.3: conv needs 'filters', which is missing"
        }

        "anything but path=value is refused" {
            messageOf("train.steps", "=3") shouldBe
                "--set train.steps: expected path=value, e.g. train.steps=100\n" +
                    "--set =3: expected path=value, e.g. train.steps=100"
            messageOf("loss={ type: hinge").toString().substringBefore(": expected") shouldBe
                "--set loss={ type: hinge:1:14"
            messageOf("train..steps=1") shouldBe
                "--set train..steps=1: train.: unknown setting; train has steps, batch, seed, seeds, " +
                    "discriminatorSteps, generatorSteps, order, generatorBatch, reuseNoise, accumulate, shuffle, precision, portable, schedules"
        }
    })
