package dev.sparring.dsl

import dev.sparring.recipe.Problem
import dev.sparring.recipe.RecipeException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path

private val recipe =
    """
    |name: digits
    |data: digits
    |generator:
    |  latent: 64
    |  layers:
    |    - { type: dense, units: 64 }
    |    - { type: reshape, shape: [1, 8, 8] }
    |    - tanh
    |discriminator:
    |  layers:
    |    - { type: conv, filters: 32 }
    |    - flatten
    |    - { type: dense, units: 1 }
    |train: { steps: 10 }
    |"""
        .trimMargin()

/** The message for the recipe with one part replaced. */
private fun messageFor(good: String, bad: String): String {
    check(good in recipe) { "not in the recipe: $good" }
    return messageOf(recipe.replaceFirst(good, bad))
}

private fun messageOf(yaml: String): String =
    shouldThrow<RecipeSyntaxException> { RecipeText.fromYaml(yaml, "d.yaml") }.message!!

class RecipeErrorsSpec :
    FreeSpec({
        "the recipe itself is right" { RecipeText.fromYaml(recipe).train.steps shouldBe 10 }

        "an unknown setting is answered with the nearest and the list" {
            messageFor("latent: 64", "latnet: 64") shouldBe
                "d.yaml:4:3: generator.latnet: unknown setting, did you mean 'latent'? " +
                    "generator has latent, noise, init, biasInit, initByKind, fans, norm, layers"
            messageFor("filters: 32", "filters: 32, colour: red") shouldBe
                "d.yaml:11:34: discriminator.layers.0.colour: unknown setting; " +
                    "conv has filters, kernel, stride, padding, pad, groups, bias, init, norm, rate"
            messageFor("- tanh", "- { type: tanh, slope: 1 }") shouldBe
                "d.yaml:8:21: generator.layers.2.slope: unknown setting; tanh has no settings"
            messageFor("name: digits", "nmae: digits") shouldBe
                "d.yaml:1:1: nmae: unknown setting, did you mean 'name'? " +
                    "recipe has name, conventions, data, blocks, generator, discriminator, loss, terms, augment, optimizer, train, ema, divergence, output, evaluate"
        }

        "an unknown type is answered with the nearest and the list" {
            messageFor("data: digits", "data: digit") shouldBe
                "d.yaml:2:7: data: unknown data 'digit', did you mean 'digits'? there is " +
                    "digits, fashionMnist, idx, imageFolder, cifar10, ring, grid, noise, pairs, sideBySide, edges, jittered, npy, csv"
            messageFor("data: digits", "data: digits\nloss: { type: hnige }") shouldBe
                "d.yaml:3:15: loss.type: unknown loss 'hnige', did you mean 'hinge'? there is " +
                    "nonSaturating, minimax, hinge, leastSquares, wasserstein, " +
                    "logProbability, relativisticAverage, relativistic, weighted"
        }

        "a missing type is reported" {
            messageFor("type: dense, units: 64", "units: 64").substringBefore(" (") shouldBe
                "d.yaml:6:7: generator.layers.0: expected a layer"
            messageFor("data: digits", "data:\nloss: [hinge]") shouldBe
                "d.yaml:2:6: data: expected data (digits, fashionMnist, idx, imageFolder, " +
                    "cifar10, ring, grid, noise, pairs, sideBySide, edges, jittered, npy, csv), " +
                    "got nothing\n" +
                    "d.yaml:3:7: loss: expected a loss (nonSaturating, minimax, hinge, " +
                    "leastSquares, wasserstein, " +
                    "logProbability, relativisticAverage, relativistic, weighted), got a list"
        }

        "a value of the wrong type is shown beside what is expected" {
            val wrong =
                listOf(
                    Triple("steps: many", 17, "train.steps: expected a whole number, got 'many'"),
                    Triple("steps: 1.5", 17, "train.steps: expected a whole number, got '1.5'"),
                    Triple(
                        "steps: \"10\"",
                        17,
                        "train.steps: expected a whole number, got the text '10'",
                    ),
                    Triple("steps: [1]", 17, "train.steps: expected a whole number, got a list"),
                    Triple(
                        "steps: {a: 1}",
                        17,
                        "train.steps: expected a whole number, got settings (a: ...)",
                    ),
                    Triple("steps: ", 16, "train.steps: expected a whole number, got nothing"),
                    Triple(
                        "steps: 3000000000",
                        17,
                        "train.steps: expected a whole number from -2147483648 to 2147483647, got '3000000000'",
                    ),
                    Triple(
                        "seed: 9223372036854775808",
                        16,
                        "train.seed: expected a whole number from -9223372036854775808 to 9223372036854775807, got '9223372036854775808'",
                    ),
                    Triple(
                        "precision: double",
                        21,
                        "train.precision: expected float32, float64 or bf16, got 'double'",
                    ),
                )
            for ((bad, column, text) in wrong) {
                messageFor("steps: 10", bad) shouldBe "d.yaml:14:$column: $text"
            }
            messageFor("filters: 32", "filters: 32, bias: yes") shouldBe
                "d.yaml:11:40: discriminator.layers.0.bias: expected true or false, got 'yes'"
            messageFor("latent: 64", "noise: gaussian") shouldBe
                "d.yaml:4:10: generator.noise: expected normal or uniform, got 'gaussian'"
            messageFor("train: { steps: 10 }", "train: fast") shouldBe
                "d.yaml:14:8: train: expected settings (steps, batch, seed, seeds, discriminatorSteps, " +
                    "generatorSteps, order, generatorBatch, reuseNoise, accumulate, shuffle, precision, portable, schedules), got 'fast'"
            messageFor("[1, 8, 8]", "64") shouldBe
                "d.yaml:7:31: generator.layers.1.shape: expected a list, got '64'"
        }

        "numbers are finite" {
            for (number in listOf(".nan", "NaN", ".inf", "-.inf", "Infinity", "0x1p3")) {
                messageFor("- tanh", "- { type: elu, alpha: $number }") shouldBe
                    "d.yaml:8:27: generator.layers.2.alpha: expected a number, got '$number'"
            }
        }

        "a comment that takes the parser minutes is refused" {
            messageFor("- tanh", "- tanh #${"x".repeat(20_001)}") shouldBe
                "d.yaml:8:12: a comment of more than 20,000 characters; break it into lines"
            messageFor("- tanh", "- tanhh #${"x".repeat(19_000)}") shouldStartWith
                "d.yaml:8:7: generator.layers.2: "
        }

        "a schedule in a number's place is sent to train.schedules" {
            messageFor("- tanh", "- { type: elu, alpha: { from: 1, to: 2 } }") shouldBe
                "d.yaml:8:27: generator.layers.2.alpha: expected a number, got settings (from: ...); " +
                    "one that changes stands in train.schedules: [{ setting: generator.layers.2.alpha, to: ... }]"
        }

        "a number that is too large is answered with the range, and no other value is" {
            val largest = "1.7976931348623157E308"
            for (number in listOf("1e999", "1${"0".repeat(60)}e999", "-1e999")) {
                messageFor("- tanh", "- { type: elu, alpha: $number }") shouldBe
                    "d.yaml:8:27: generator.layers.2.alpha: " +
                        "expected a number from -$largest to $largest, got '$number'"
            }
            messageFor("filters: 32", "filters: 32, bias: 0") shouldBe
                "d.yaml:11:40: discriminator.layers.0.bias: expected true or false, got '0'"
            messageFor("filters: 32", "filters: 32, bias: 1.0") shouldBe
                "d.yaml:11:40: discriminator.layers.0.bias: expected true or false, got '1.0'"
            messageFor("latent: 64", "noise: 0") shouldBe
                "d.yaml:4:10: generator.noise: expected normal or uniform, got '0'"
            messageFor("latent: 64", "init: 0").substringBefore(';') shouldBe
                "d.yaml:4:9: generator.init: unknown initializer '0'"
        }

        "a required setting that is missing is named" {
            messageFor("filters: 32", "kernel: 5") shouldBe
                "d.yaml:11:7: discriminator.layers.0: conv needs 'filters', which is missing"
            messageFor("- tanh", "- conv") shouldBe
                "d.yaml:8:7: generator.layers.2: conv needs 'filters', which is missing"
            messageOf("name: x\ndata: digits\n") shouldBe
                "d.yaml:1:1: recipe needs 'generator', which is missing\n" +
                    "d.yaml:1:1: recipe needs 'discriminator', which is missing"
        }

        "an error of a record's constructor is placed at the setting" {
            messageFor("filters: 32", "filters: 0") shouldBe
                "d.yaml:11:30: discriminator.layers.0.filters: must be >= 1, got 0"
            messageFor("[1, 8, 8]", "[1, 0]") shouldBe
                "d.yaml:7:31: generator.layers.1.shape: every extent of shape must be >= 1, got 0"
            messageFor(
                "- tanh",
                "- { type: convTranspose, filters: 1, stride: 1, outputPadding: 1 }",
            ) shouldBe "d.yaml:8:68: generator.layers.2.outputPadding: must be < stride (1), got 1"
            messageFor("name: digits", "name: my digits") shouldBe
                "d.yaml:1:7: name: must be letters, digits, '.', '_' and '-' and begin with a " +
                    "letter or digit, got 'my digits'"
        }

        "all problems are reported at once, in the order of the text" {
            val wrong =
                recipe
                    .replace("latent: 64", "latent: -1")
                    .replace("filters: 32", "filters: x, kernle: 3")
                    .replace("steps: 10", "step: 10")
            messageOf(wrong) shouldBe
                """
                |d.yaml:4:11: generator.latent: must be >= 1, got -1
                |d.yaml:11:30: discriminator.layers.0.filters: expected a whole number, got 'x'
                |d.yaml:11:33: discriminator.layers.0.kernle: unknown setting, did you mean 'kernel'? conv has filters, kernel, stride, padding, pad, groups, bias, init, norm, rate
                |d.yaml:14:10: train.step: unknown setting, did you mean 'steps'? train has steps, batch, seed, seeds, discriminatorSteps, generatorSteps, order, generatorBatch, reuseNoise, accumulate, shuffle, precision, portable, schedules"""
                    .trimMargin()
        }

        "errors in YAML syntax have their place too" {
            messageFor("name: digits", "name: digits\nname: again") shouldBe
                "d.yaml:2:1: duplicate key 'name'. It was previously given at line 1, column 1"
            messageFor("steps: 10 }", "steps: 10") shouldBe
                "d.yaml:15:1: expected ',' or '}', but got <stream end>"
            messageFor("  latent", "\tlatent") shouldBe "d.yaml:4:1: a tab; indent with spaces"
            messageFor("name: digits", "name: a: b") shouldBe
                "d.yaml:1:8: mapping values are not allowed here (is the indentation level of " +
                    "this line or a line nearby incorrect?)"
            messageFor("data: digits", "data: !digits {}") shouldBe
                "d.yaml:2:7: a tag (!digits); recipes name a type by 'type: ...'"
            messageFor("data: digits", "data: dig\u0000its") shouldBe
                "d.yaml:2:10: the character U+0000 cannot stand in YAML"
            messageFor("train:", "---\ntrain:").let {
                it shouldBe "d.yaml:14:1: a second document ('---'); a file holds one"
            }
            for (empty in listOf("", "\n", "# nothing yet\n", "\uFEFF")) {
                messageOf(empty) shouldBe
                    "d.yaml:1:1: the file is empty; a recipe has at least data, generator and discriminator"
            }
            messageOf("- 1") shouldBe
                "d.yaml:1:1: expected settings (name, conventions, data, blocks, generator, discriminator, loss, " +
                    "terms, augment, optimizer, train, ema, divergence, output, evaluate), got a list"
        }

        "JSON has lines and columns as well, and no key twice" {
            val json =
                "{\n\t\"name\": \"a\",\n\t\"data\": \"digits\",\n\t\"steps\": 1, \"name\": 2\n}"
            shouldThrow<RecipeSyntaxException> { RecipeText.fromJson(json, "d.json") }
                .message shouldBe
                "d.json:4:14: duplicate key 'name'. It was previously given at line 2, column 2"
        }

        "a number or a word of YAML's may be a name, as it stands" {
            for (name in listOf("12", "true", "1e3", "0x10")) {
                RecipeText.fromYaml(recipe.replace("name: digits", "name: $name")).name shouldBe
                    name
            }
        }

        "anchors are allowed" {
            val yaml =
                recipe.replace(
                    "train:",
                    "optimizer:\n  generator: &o { type: adam, lr: 0.001 }\n  discriminator: *o\ntrain:",
                )
            RecipeText.fromYaml(yaml).optimizer.discriminator.lr() shouldBe 0.001
        }

        "files" -
            {
                val folder = tempdir().toPath()
                fun messageFor(file: Path) =
                    shouldThrow<RecipeSyntaxException> { RecipeText.read(file) }.message
                "are read by their extension" {
                    for (name in listOf("a.yaml", "a.yml", "a.JSON")) {
                        val file = folder.resolve(name).apply { toFile().writeText(recipe) }
                        RecipeText.read(file).name shouldBe "digits"
                    }
                }
                "that are missing or something else are named" {
                    messageFor(folder.resolve("no.yaml")) shouldBe
                        "$folder/no.yaml: there is no such file"
                    messageFor(Path.of("a.txt")) shouldBe
                        "a.txt: a recipe as text ends in .yaml, .yml or .json"
                    messageFor(
                        folder.resolve("latin.yaml").apply { toFile().writeBytes(byteArrayOf(-28)) }
                    ) shouldBe "$folder/latin.yaml:1:1: is not UTF-8 text; save it as UTF-8"
                }
            }

        "problems found later are placed by their paths" {
            val found =
                RecipeException(
                    listOf(
                        Problem("generator.layers.1", "no"),
                        Problem("generator.norm", "not written"),
                        Problem("", "all"),
                    )
                )
            RecipeText.placed(found, recipe, "d.yaml").message shouldBe
                """
                |d.yaml:7:7: generator.layers.1: no
                |d.yaml:4:3: generator.norm: not written
                |d.yaml:1:1: all"""
                    .trimMargin()
        }
    })
