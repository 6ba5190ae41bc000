package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.shouldBeBetween
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Path
import kotlin.io.path.readText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

class EvalSpec :
    FreeSpec({
        val bench = workbench()

        fun trained(name: String, recipe: Any, vararg options: Any): Path =
            bench.path(name).also { run ->
                val done = bench.sparring("train", recipe, "--out", run, *options)
                withClue(done.err) { done.code shouldBe 0 }
            }

        val digits = trained("digits", bench.file("small.yaml", Workbench.SMALL), "--steps", 3)
        val names =
            listOf("frechet_distance", "kernel_distance", "kernel_distance_std") +
                listOf("precision", "recall", "density", "coverage")

        "images are measured by their pixels, as the names of the figures say" {
            val done = bench.sparring("eval", digits, "--count", 60)
            withClue(done.err) { done.code shouldBe 0 }
            done.out.trim().lines().map { it.substringBefore("  ") } shouldContainExactly
                names.map { "$it (pixels)" }
            done.err shouldContain "60 real and 60 fake samples, 64 features, covariance ddof 1"
            done.err shouldContain "warning: "
            val json = digits.resolve("evaluations/000003.json").readText()
            figures(json).keys shouldContainExactly names.toSet()
            json shouldContain "\"extractor\": \"pixels\""
        }

        "the same evaluation gives the same file, another seed another one" {
            fun file(seed: Int): String {
                bench.sparring("eval", digits, "--count", 60, "--seed", seed).code shouldBe 0
                return digits.resolve("evaluations/000003.json").readText()
            }
            val once = file(1)
            file(1) shouldBe once
            file(2) shouldNotBe once
        }

        "more training comes closer to the data" {
            val further = trained("further", bench.path("small.yaml"), "--steps", 150)
            fun distance(run: Path, step: String): Double {
                bench.sparring("eval", run, "--count", 400).code shouldBe 0
                return figures(run.resolve("evaluations/$step.json").readText())
                    .getValue("frechet_distance")
            }
            distance(further, "000150") shouldBeLessThan distance(digits, "000003")
        }

        "truncations are measured one after the other, and drawn in the report" {
            val run = trained("curve", bench.path("small.yaml"), "--steps", 3)
            val done = bench.sparring("eval", run, "--count", 60, "--truncation", "resample=1,.5")
            withClue(done.err) { done.code shouldBe 0 }
            done.out.trim().lines().map { it.trim().substringBefore(" ") } shouldContainExactly
                listOf("resample", "0.5", "1", "none")
            val file = run.resolve("evaluations/000003.truncation-resample.json").readText()
            val curve = Json.parseToJsonElement(file).jsonObject.getValue("truncation").jsonObject
            val points = curve.getValue("points").jsonArray.map { it.jsonObject }
            points.map { it.getValue("figures").jsonObject.keys } shouldBe List(3) { names.toSet() }
            // Without a truncation it is the usual measurement.
            bench.sparring("eval", run, "--count", 60).code shouldBe 0
            points[2].getValue("figures").jsonObject.mapValues {
                it.value.jsonPrimitive.double
            } shouldBe figures(run.resolve("evaluations/000003.json").readText())
            val page = bench.path("curve.html")
            bench.sparring("report", run, "--out", page).code shouldBe 0
            page.readText() shouldContain "Precision against recall"
            bench.sparring("eval", run, "--truncation", "scale=.5,2") shouldBe
                Outcome(
                    2,
                    "",
                    "--truncation: the factor of scale must be above 0 and at most 1, got 2.0\n",
                )
            bench.sparring("eval", run, "--truncation", "scale=1", "--intervals") shouldBe
                Outcome(2, "", "--intervals: not with --truncation, whose figures have none\n")
            bench.sparring("eval", run, "--truncation", "resample=.5,0.50") shouldBe
                Outcome(2, "", "--truncation: 0.5 is given twice\n")
        }

        "intervals and the Monge distance are measured if asked for" {
            // Halves of more samples than features, so that there is a distance of infinitely many.
            val done = bench.sparring("eval", digits, "--count", 150, "--intervals", "--monge")
            withClue(done.err) { done.code shouldBe 0 }
            val rows =
                done.out.trim().lines().associate { line ->
                    line.substringBefore(" (") to line.substringAfter(") ").trim()
                }
            rows.keys shouldContainExactly
                (names + "monge_distance" + "frechet_distance_infinite").toSet()
            val without = setOf("kernel_distance_std", "frechet_distance_infinite")
            for ((name, row) in rows) {
                withClue(name) {
                    row shouldContain if (name in without) "  no interval" else " to "
                }
            }
            digits.resolve("evaluations/000003.json").readText() shouldContain "\"intervals\""
            bench.sparring("eval", digits, "--count", 30, "--intervals").err shouldContain
                "--intervals: needs 40 samples or more, got 30"
            val ring = trained("points", "../../samples/recipes/ring.yaml", "--steps", 1)
            bench.sparring("eval", ring, "--intervals").let {
                it.out.lines()[0] shouldContain "no interval"
                it.out.lines()[1] shouldContain " to "
                it.err shouldContain "none of modes_hit, a count"
            }
            bench.sparring("eval", ring, "--monge") shouldBe
                Outcome(2, "", "--monge: points of a mixture are measured by their modes only\n")
        }

        "points are measured by the modes that they fall on" {
            val ring = trained("ring", "../../samples/recipes/ring.yaml", "--steps", 2)
            val done = bench.sparring("eval", ring)
            withClue(done.err) { done.code shouldBe 0 }
            done.err shouldContain "2500 samples, 8 modes"
            val figures = figures(ring.resolve("evaluations/000002.json").readText())
            figures.getValue("modes_hit").shouldBeBetween(0.0, 8.0, 0.0)
        }

        "an impossible measurement is refused in one line" {
            val missing = bench.path("nowhere")
            bench.sparring("eval", missing) shouldBe
                Outcome(
                    2,
                    "",
                    "$missing: no run here; expected a run directory with a recipe.yaml\n",
                )
            bench.sparring("eval", digits, "--count", 1) shouldBe
                Outcome(2, "", "--count must be 2 to 50000, got 1\n")
            bench.sparring("eval", digits, "--count", 50_001) shouldBe
                Outcome(
                    2,
                    "",
                    "--count must be 2 to 50000, got 50001; time grows with its square\n",
                )
        }
    })

private fun figures(json: String): Map<String, Double> =
    Json.parseToJsonElement(json)
        .jsonObject
        .getValue("metrics")
        .jsonArray
        .flatMap { it.jsonObject.getValue("figures").jsonObject.entries }
        .associate { it.key to it.value.jsonPrimitive.double }
