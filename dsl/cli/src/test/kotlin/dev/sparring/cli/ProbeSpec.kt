package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.readText

class ProbeSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)

        // A discriminator of ten equal layers, each with the same effect on a signal.
        val deep =
            bench.file(
                "deep.yaml",
                """
                name: deep
                data: ring
                generator: { latent: 4, layers: [{ type: dense, units: 2 }] }
                discriminator:
                  layers: [${"{ type: dense, units: 64 }, relu, ".repeat(10)} { type: dense, units: 1 }]
                train: { batch: 64 }
                """,
            )

        fun table(text: String, title: String): List<List<String>> =
            text
                .lines()
                .dropWhile { it != title }
                .drop(1)
                .takeWhile { it.isNotBlank() }
                .map { it.trim().split(Regex(" {2,}")) }

        "signals of every layer, for the recipe's weights and for others" {
            val done =
                bench.sparring("probe", recipe, "--init", "he", "--init", "{type: normal, std: 2}")
            withClue(done.err) { done.code shouldBe 0 }
            done.out.lines()[0] shouldBe
                "small: root mean squares at initialization, geometric means over 3 seeds"
            val rows = table(done.out, "discriminator, activations")
            rows[0] shouldContainExactly listOf("layer", "output", "recipe", "he", "normal std 2")
            rows.drop(1).map { it[0] } shouldContainExactly listOf("0", "1", "2", "3", "4")
            table(done.out, "generator, gradients of loss_g by them").size shouldBe 8
            table(done.out, "generator, outputs without a gradient").map { it.take(4) } shouldBe
                listOf(
                    listOf("layer", "which", "recipe", "he"),
                    listOf("3", "relu", "dead units", "0.00 %"),
                    listOf("5", "tanh", "near a bound", "0.00 %"),
                )
        }

        "norms that draw every weight leave nothing to compare" {
            val equalized =
                bench.file(
                    "equalized.yaml",
                    """
                    name: equalized
                    data: ring
                    generator: { latent: 4, norm: equalized, layers: [{ type: dense, units: 2 }] }
                    discriminator: { norm: equalized, layers: [{ type: dense, units: 1 }] }
                    """,
                )
            val done = bench.sparring("probe", equalized, "--seeds", 1)
            withClue(done.err) { done.code shouldBe 0 }
            table(done.out, "discriminator, activations")[0] shouldContainExactly
                listOf("layer", "output", "recipe")
            done.err shouldContain "no other initial weights: the recipe's norms draw all of them"
        }

        "the same command prints the same" {
            val done = bench.sparring("probe", recipe, "--seeds", 1)
            done shouldBe bench.sparring("probe", recipe, "--seeds", 1)
            done.out shouldContain "initialization, 1 seed\n"
        }

        "a fitted gain makes gradients equal, and its patch is one of the recipe" {
            val done = bench.sparring("probe", deep, "--fit", "he")
            withClue(done.err) { done.code shouldBe 0 }
            val gain =
                Regex("discriminator:\n  init: \\{ type: he, gain: ([0-9.]+) }").find(done.out)
            withClue(done.out) {
                gain!!.groupValues[1].toDouble() shouldBe (1.41 plusOrMinus 0.12)
                done.out shouldContain
                    "# generator: it has 1 layers with weights, and gradients are compared at the " +
                        "first and the last but one of at least 3\n"
            }
            val set = "discriminator.init={ type: he, gain: ${gain!!.groupValues[1]} }"
            val probed = bench.sparring("probe", deep, "--set", set, "--init", "he")
            val rows = table(probed.out, "discriminator, gradients of loss_d by them").drop(1)
            val first = rows[0][3].toDouble()
            rows[18][3].toDouble() / first shouldBe (1.0 plusOrMinus 0.03)
        }

        "a gain that norms divide out is not fitted" {
            val done =
                bench.sparring(
                    "probe",
                    deep,
                    "--fit",
                    "orthogonal",
                    "--set",
                    "discriminator.norm=sn",
                )
            done.code shouldBe 0
            done.out shouldContain "# discriminator: the gain has no effect: norms divide it out"
        }

        "only initializers with a gain are fitted" {
            val done = bench.sparring("probe", deep, "--fit", "normal")
            done.code shouldBe 2
            done.err shouldContain
                "--fit: expected he, xavier, orthogonal, deltaOrthogonal, convOrthogonal, got 'normal'"
        }

        "an initializer that cannot draw a weight is refused with its place" {
            val narrow = bench.sparring("probe", recipe, "--init", "deltaOrthogonal")
            narrow.code shouldBe 2
            narrow.err shouldContain "generator.layers.4: convTranspose 1 4x4 stride 2 pad 1 "
            narrow.err.trimEnd().lines().size shouldBe 1
            val measured = bench.sparring("probe", recipe, "--init", "lsuv")
            measured.code shouldBe 2
            measured.err shouldContain
                "has an init that measures its outputs, and norm bssn changes them: take another init"
        }

        "He's weights keep signals, Xavier's halve their squares, large ones explode" {
            val inits =
                arrayOf("--init", "he", "--init", "xavier", "--init", "{type: normal, std: 1}")
            val done = bench.sparring("probe", deep, *inits)
            withClue(done.err) { done.code shouldBe 0 }
            val activations = table(done.out, "discriminator, activations").drop(1)
            fun growth(column: Int) =
                Math.pow(
                    activations[18][column].toDouble() / activations[0][column].toDouble(),
                    1 / 9.0,
                )
            // After a ReLU, half of the squares are left; equations 10 and 14 of arXiv:1502.01852.
            growth(4) shouldBe (1.0 plusOrMinus 0.1)
            growth(5) shouldBe (Math.sqrt(0.5) plusOrMinus 0.07)
            growth(6) shouldBe (Math.sqrt(64 / 2.0) plusOrMinus 0.6)
            val last = done.out.lines().last { it.startsWith("back through") }
            last shouldContain "x5"
            last
                .trim()
                .split(Regex(" {2,}"))
                .map { it.substringAfter(' ', "") }
                .drop(1) shouldContainExactly listOf("vanishing", "", "vanishing", "exploding")
        }

        "pictures of it are a page that loads nothing" {
            val page = bench.path("pages/deep.html")
            val done = bench.sparring("probe", deep, "--init", "he", "--seeds", 2, "--out", page)
            withClue(done.err) { done.code shouldBe 0 }
            val html = page.readText()
            html shouldContain "Nothing was trained: 2 ways to draw the weights, 2 seeds."
            // Activations and gradients of both networks, and dead ReLUs of one, with a line and a
            // name for each initializer.
            Regex("<svg").findAll(html).count() shouldBe 5
            Regex("</span>(recipe|he)</li>").findAll(html).count() shouldBe 10
            html shouldContain ">layer</"
            Regex("(src|href)=\"https?:").containsMatchIn(html) shouldBe false
            bench.sparring("probe", deep, "--init", "he", "--out", bench.folder) shouldBe
                Outcome(
                    2,
                    bench.sparring("probe", deep, "--init", "he").out,
                    "--out: '${bench.folder}' is a folder; expected a file such as probe.html\n",
                )
        }

        "a recipe that cannot be probed is refused in one line" {
            bench.sparring("probe", recipe, "--seeds", 0) shouldBe
                Outcome(2, "", "--seeds must be 1 to 100, got 0\n")
            val done = bench.sparring("probe", recipe, "--init", "hee")
            done.code shouldBe 2
            done.err shouldStartWith "--init hee: unknown initializer 'hee', did you mean 'he'?"
            done.err.trim().lines().size shouldBe 1
        }
    })
