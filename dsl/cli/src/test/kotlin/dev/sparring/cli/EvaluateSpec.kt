package dev.sparring.cli

import dev.sparring.cli.classifier.DIGITS_WEIGHTS
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import java.nio.file.Path
import java.util.Locale
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText

/** Recipes that measure their samples during training. */
class EvaluateSpec :
    FreeSpec({
        val bench = workbench()
        val small = bench.file("small.yaml", Workbench.SMALL)

        fun columns(run: Path): Map<String, List<String>> {
            val lines = run.resolve("metrics.csv").readLines().map { it.split(",") }
            return lines[0].indices.associate { c -> lines[0][c] to lines.drop(1).map { it[c] } }
        }

        "a classifier comes with the library, and its figures stand at the steps that are due" {
            val run = bench.path("classified")
            val evaluate = "evaluate={every: 4, samples: 50, extractor: classifier}"
            val done = bench.sparring("train", small, "--out", run, "--set", evaluate)
            withClue(done.err) { done.code shouldBe 0 }
            val columns = columns(run)
            columns.getValue("step") shouldContainExactly (1..6).map { "$it" }
            val distances = columns.getValue("frechet_distance.classifier")
            // After step 4, and after the last one.
            distances.map { it.isEmpty() } shouldContainExactly
                listOf(true, true, true, false, true, false)
            columns.keys shouldContainAll
                setOf(
                    "coverage.classifier",
                    "classes_hit.classifier",
                    "classifier_score.classifier",
                )
            done.err shouldContain
                "the classifier cnn-1 of digits comes with Sparring: weights " +
                    DIGITS_WEIGHTS.take(12)
            val recorded = run.resolve("run.json").readText()
            recorded shouldContain "50 samples, seed 0, classifier cnn-1"
            recorded shouldContain "weights $DIGITS_WEIGHTS, trained on torch ("

            val again = bench.path("again")
            val second = bench.sparring("train", small, "--out", again, "--set", evaluate)
            second.err shouldNotContain "training the classifier"
            columns(again)["frechet_distance.classifier"] shouldBe distances
        }

        "measuring does not change the training" {
            val runs =
                listOf("pixels" to "evaluate={every: 1, samples: 20}", "plain" to "train.steps=6")
                    .map { (name, setting) ->
                        bench.path(name).also {
                            bench
                                .sparring("train", small, "--out", it, "--set", setting)
                                .code shouldBe 0
                        }
                    }
            val (one, other) = runs.map { Workbench.contents(it.resolve("checkpoints/000006")) }
            one.filterKeys { it != "state.json" } shouldBe other.filterKeys { it != "state.json" }
        }

        "eval takes the extractor that the recipe names, or another" {
            val run = bench.path("classified")
            val own = bench.sparring("eval", run, "--count", 60)
            withClue(own.err) { own.code shouldBe 0 }
            own.out shouldContain "classes_hit (classifier)"
            own.err shouldContain "held out"
            own.err shouldContain "60 real and 60 fake samples"
            val pixels = bench.sparring("eval", run, "--count", 60, "--extractor", "pixels")
            pixels.out shouldContain "frechet_distance (pixels)"
            run.resolve("evaluations/000006.json").exists() shouldBe true
        }

        "eval repeats the run's own measurement, with the recipe's samples and seed" {
            val run = bench.path("classified")
            val done = bench.sparring("eval", run)
            withClue(done.err) { done.code shouldBe 0 }
            done.err shouldContain "50 real and 50 fake samples"
            val own = columns(run).getValue("frechet_distance.classifier").last().toDouble()
            done.out.lines()[0] shouldContain "%.6g".format(Locale.ROOT, own)
        }

        "a warning about figures is given once, however often samples are measured" {
            val evaluate = "evaluate={every: 1, samples: 20}"
            val done = bench.sparring("train", small, "--out", bench.path("few"), "--set", evaluate)
            withClue(done.err) { done.code shouldBe 0 }
            // 20 samples of 64 pixels, real ones and generated ones.
            done.err.lines().filter { "rank deficient" in it } shouldContainExactly
                listOf("real", "fake").map {
                    "warning: the covariance of the $it samples is rank deficient, 20 samples " +
                        "for 64 features; it takes 65"
                }
        }

        "a resumed run may be measured from there on, and keeps its settings of the measurement" {
            val run = bench.path("later")
            fun resumed(steps: Int, vararg settings: String): Outcome {
                val sets = settings.flatMap { listOf("--set", it) }.toTypedArray()
                val options = arrayOf("--out", run, "--steps", steps, "--resume", *sets)
                return bench.sparring("train", small, *options)
            }
            bench.sparring("train", small, "--out", run, "--steps", 2).code shouldBe 0
            val added = resumed(4, "evaluate={every: 100, samples: 20}")
            withClue(added.err) { added.code shouldBe 0 }
            val oftener = resumed(6, "evaluate={every: 1, samples: 20}")
            withClue(oftener.err) { oftener.code shouldBe 0 }
            columns(run).getValue("coverage.pixels").map { it.isEmpty() } shouldContainExactly
                listOf(true, true, true, false, false, false)

            val other = resumed(8, "evaluate={every: 1, samples: 21}")
            other.code shouldBe 2
            other.err shouldContain
                "the run was begun with 'samples: 20', the recipe now has 'samples: 21'; only " +
                    "train.steps, output and evaluate.every may change on --resume"
            val without = resumed(8)
            without.code shouldBe 2
            without.err shouldContain "begun with 'evaluate:', the recipe now has ''"
        }

        "points are measured by modes, without features" {
            val run = bench.path("ring")
            val recipe = "../../samples/recipes/ring.yaml"
            val done =
                bench.sparring(
                    "train",
                    recipe,
                    "--out",
                    run,
                    "--steps",
                    3,
                    "--set",
                    "evaluate={every: 2}",
                )
            withClue(done.err) { done.code shouldBe 0 }
            columns(run).keys shouldContain "modes_hit"
            // Rows of metrics are rarer than measurements here; these are in them all the same.
            columns(run).getValue("step") shouldContainExactly listOf("1", "2", "3")

            // Whatever extractor is set.
            val named = bench.path("named ring")
            val setting = "evaluate={every: 2, samples: 30, extractor: classifier}"
            val train = arrayOf("train", recipe, "--out", named, "--steps", 3, "--set", setting)
            bench.sparring(*train).code shouldBe 0
            val eval = bench.sparring("eval", named)
            withClue(eval.err) { eval.code shouldBe 0 }
            eval.err shouldContain "30 samples, 8 modes"
        }

        "an impossible measurement is refused before the first step" {
            val run = bench.path("refused")
            fun refused(vararg settings: String): String {
                val sets = settings.flatMap { listOf("--set", it) }.toTypedArray()
                val done = bench.sparring("train", small, "--out", run, *sets)
                done.code shouldBe 2
                run.exists() shouldBe false
                return done.err.trim().lines().last()
            }
            refused(
                "data={type: noise, channels: 1, height: 8, width: 8}",
                "evaluate={extractor: classifier}",
            ) shouldBe
                "evaluate: data 'noise' has no labels; the extractor classifier needs some: use " +
                    "pixels or a file"
            refused("evaluate={samples: 5}") shouldBe
                "evaluate: images are measured by their 5 nearest neighbours, so there must be " +
                    "at least 6 real and generated ones, got 5"
            refused(
                "evaluate={extractor: {type: network, file: none.onnx, preprocessing: unit}}"
            ) shouldBe "none.onnx: no such file; expected a network as ONNX or TorchScript"
            refused(
                "evaluate={extractor: {type: network, file: none.onnx, preprocessing: unity}}"
            ) shouldContain
                "evaluate.extractor: no preprocessing 'unity'; there is inception2015, bytes"
        }
    })
