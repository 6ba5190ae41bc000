package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Path
import kotlin.io.path.readBytes
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.math.abs
import kotlin.math.max

/** One recipe and one seed on two numerical libraries. */
class EnginesSpec :
    FreeSpec({
        val bench = workbench()
        val digits = Path.of("../../samples/recipes/digits.yaml")
        val engines = listOf("torch", "nd4j")

        fun train(engine: String, precision: String): Path =
            bench.path("$engine-$precision").also { run ->
                val done =
                    bench.sparring(
                        *arrayOf("train", digits, "--steps", 20, "--engine", engine),
                        *arrayOf("--set", "train.precision=$precision", "--out", run),
                        *FEW,
                    )
                withClue(done.err) { done.code shouldBe 0 }
            }

        val (torch, nd4j) = engines.map { train(it, "float32") }

        "they start with the same weights, bit by bit" {
            for (network in listOf("generator", "discriminator")) {
                val file = "checkpoints/000000/$network.safetensors"
                nd4j.resolve(file).readBytes() shouldBe torch.resolve(file).readBytes()
            }
        }

        "they see the same data and noise: the first losses are equal but for rounding" {
            deviation(torch, nd4j, 1..1) shouldBeLessThanOrEqual 1e-6
        }

        // Later on one number in a million lies so close to the kink of an activation that single
        // precision puts it on the other side, with one thread for instance and not with two.
        "they agree in single precision until rounding flips an activation" {
            deviation(torch, nd4j, 1..5) shouldBeLessThanOrEqual 1e-4
        }

        "they agree for twenty steps in double precision" {
            val (torch64, nd4j64) = engines.map { train(it, "float64") }
            deviation(torch64, nd4j64, 1..20) shouldBeLessThanOrEqual 1e-9
        }

        "their weights are not the same bits in the end, so that two engines were at work" {
            val file = "checkpoints/000020/generator.safetensors"
            nd4j.resolve(file).readBytes() shouldNotBe torch.resolve(file).readBytes()
            nd4j.resolve("run.json").readText() shouldContain "\"engine\" : \"nd4j\""
        }

        "a run can be resumed with another engine, and its provenance says so" {
            val resumed =
                bench.sparring(
                    *arrayOf("train", digits, "--steps", 22, "--engine", "nd4j"),
                    *arrayOf("--out", torch, "--resume"),
                    *FEW,
                )
            withClue(resumed.err) { resumed.code shouldBe 0 }
            val lines = torch.resolve("run.json").readLines().filter { "\"engine\"" in it }
            lines.map { it.substringAfter(':').trim(' ', ',', '"') } shouldBe engines
        }

        "nd4j trains the other samples too" {
            for (sample in listOf("ring", "sngan-32")) {
                val done =
                    bench.sparring(
                        *arrayOf("train", "../../samples/recipes/$sample.yaml", "--steps", "1"),
                        *arrayOf("--set", "train.batch=4", "--engine", "nd4j"),
                        // Singular values of large weights would take longer than all else.
                        *arrayOf("--set", "output.sampleCount=1", "--set", NO_DIAGNOSTICS),
                        *arrayOf("--out", bench.path(sample)),
                    )
                withClue(done.err) { done.code shouldBe 0 }
            }
        }

        "check says what an engine can do" {
            for (engine in engines) {
                val done = bench.sparring("check", digits, "--engine", engine)
                withClue(done.err) { done.code shouldBe 0 }
                done.out.lines().first { it.startsWith("engine") } shouldContain
                    "second derivatives, bit-exact repeats" +
                        if (engine == "torch") ", several processes" else ""
            }
        }

        "a missing device is refused in one line, by both" {
            for (engine in engines) {
                val refused =
                    bench.sparring("check", digits, "--engine", engine, "--device", "cuda:7")
                refused.code shouldBe 2
                refused.err.trim().lines() shouldHaveSize 1
                refused.err shouldContain "no device cuda:7"
            }
        }
    })

private const val NO_DIAGNOSTICS = "output.diagnosticsEvery=0"

/** ND4J takes its time. */
private val FEW = arrayOf("--set", "train.batch=16", "--set", "output.sampleCount=9")

/** The largest relative difference of two runs' losses. */
private fun deviation(one: Path, other: Path, steps: IntRange): Double =
    steps.maxOf { step ->
        val (a, b) = listOf(one, other).map { losses(it)[step - 1] }
        a.zip(b).maxOf { (x, y) ->
            // A hinge generator's loss crosses 0, where a relative difference means nothing.
            abs(x - y) / max(abs(x), 0.01)
        }
    }

private fun losses(run: Path): List<List<Double>> =
    run.resolve("metrics.csv").readLines().drop(1).map { line ->
        line.split(',').drop(2).take(2).map { it.toDouble() }
    }
