package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText

/** Recipes that measure their samples as they go on. */
class EvaluateSpec :
    FreeSpec({
        val bench = Workbench()
        val small = bench.file("small.yaml", Workbench.SMALL)

        fun columns(run: Path): Map<String, List<String>> {
            val lines = run.resolve("metrics.csv").readLines().map { it.split(",") }
            return lines[0].indices.associate { c -> lines[0][c] to lines.drop(1).map { it[c] } }
        }

        "a classifier is trained once, and its figures stand at the steps that are due" {
            val run = bench.path("classified")
            val evaluate = "evaluate={every: 4, samples: 50, extractor: classifier}"
            val done = bench.sparring("train", small, "--out", run, "--set", evaluate)
            withClue(done.err) { done.code shouldBe 0 }
            val columns = columns(run)
            columns.getValue("step") shouldContainExactly (1..6).map { "$it" }
            val distances = columns.getValue("frechet_distance.classifier")
            // Behind step 4, and behind the last one.
            distances.map { it.isEmpty() } shouldContainExactly
                listOf(true, true, true, false, true, false)
            columns.keys shouldContainAll
                setOf(
                    "coverage.classifier",
                    "classes_hit.classifier",
                    "classifier_score.classifier",
                )
            run.resolve("run.json").readText() shouldContain "50 samples, seed 0, classifier cnn-1"

            val again = bench.path("again")
            val second = bench.sparring("train", small, "--out", again, "--set", evaluate)
            second.err shouldNotContain "training the classifier"
            columns(again)["frechet_distance.classifier"] shouldBe distances
        }

        "measuring changes nothing of what is learnt" {
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
            val pixels = bench.sparring("eval", run, "--count", 60, "--extractor", "pixels")
            pixels.out shouldContain "frechet_distance (pixels)"
            run.resolve("evaluations/000006.json").exists() shouldBe true
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
        }

        "what cannot measure is refused before the first step" {
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
            refused(
                "evaluate={extractor: {type: network, file: none.onnx, preprocessing: unit}}"
            ) shouldBe "none.onnx: no such file; expected a network as ONNX or TorchScript"
            refused(
                "evaluate={extractor: {type: network, file: none.onnx, preprocessing: unity}}"
            ) shouldContain
                "evaluate.extractor: no preprocessing 'unity'; there is inception2015, bytes"
        }
    })
