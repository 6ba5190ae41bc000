package dev.sparring.cli.explain

import dev.sparring.cli.Outcome
import dev.sparring.cli.startJvm
import dev.sparring.cli.workbench
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.math.abs

class ExplainSpec :
    FreeSpec({
        "one setting decides, another is inert, and a stopped command goes on" {
            val bench = workbench()
            val a = bench.file("a.yaml", TINY)
            // Batch normalization with batch statistics has running ones that nothing reads.
            val b =
                bench.file(
                    "b.yaml",
                    TINY.replace("momentum: 0.1", "momentum: 0.4").replace("lr: 0.001", "lr: 0.3"),
                )
            val out = bench.path("out")
            val words: Array<Any> =
                (listOf<Any>("explain", a, b, "--seeds", 1, "--out", out) +
                        listOf("--figure", "loss_d", "--better", "lower", "--jobs", 2))
                    .toTypedArray()
            val dry = bench.sparring(*words, "--dry-run")
            dry.code shouldBe 0
            dry.out.lines().map { it.replace(Regex(" {2,}"), "  ") }.take(4) shouldContainExactly
                listOf(
                    "move  setting  A: $a  B: $b",
                    "  1  normalization  generator.layers.2.momentum  0.1  0.4",
                    "  2  optimizer  optimizer.generator.lr  0.001  0.3",
                    "moves are made in all orders: 4 recipes",
                )
            dry.out shouldContain "[4/4] all, seed 1: to be run, ${out.resolve("BB/seed-1")}\n"
            dry.out.lines().dropLast(1).last() shouldStartWith "4 runs of 4 recipes, "
            out.exists() shouldBe false

            val first = bench.sparring(*words)
            withClue(first.err) { first.code shouldBe 0 }
            first.err shouldStartWith "2 moves; 4 runs: 4 recipes, 1 seed\n"
            val rows = out.resolve("explain.csv").readLines().map { it.split(",") }
            rows[0].take(4) shouldBe listOf("figure", "move", "title", "mean")
            val found = rows.drop(1).associate { it[2] to it[3].toDouble() }
            found.keys.toList() shouldContainExactly
                listOf("generator.layers.momentum", "optimizer.generator.lr", "B - A")
            found.getValue("generator.layers.momentum") shouldBe 0.0
            abs(found.getValue("optimizer.generator.lr")) shouldBeGreaterThan 1e-6
            abs(found.getValue("optimizer.generator.lr") - found.getValue("B - A")) shouldBeLessThan
                1e-15
            // The ends are the recipes themselves, whose bits a train of them has.
            val direct = bench.path("direct")
            // In a process of its own: kernels of portable runs are chosen when libraries load.
            val training = startJvm(bench.folder, "train", "$b", "--out", "$direct", "--seed", "1")
            training.waitFor() shouldBe 0
            fun losses(run: java.nio.file.Path) =
                run.resolve("metrics.csv").readLines().map { it.split(",").drop(2) }
            losses(out.resolve("BB/seed-1")) shouldBe losses(direct)

            val table = out.resolve("explain.csv").readText()
            bench.sparring(*words) shouldBe
                Outcome(
                    0,
                    first.out,
                    "2 moves; 4 runs: 4 recipes, 1 seed\n4 of 4 runs are finished\n",
                )
            // Interrupted: its last run was stopped.
            val provenance = out.resolve("BB/seed-1/run.json")
            provenance.writeText(provenance.readText().replace("\"completed\"", "\"stopped\""))
            val resumed = bench.sparring(*words)
            resumed.err.lines()[1] shouldBe "3 of 4 runs are finished"
            resumed.err shouldContain "[4/4] all, seed 1: "
            resumed.out shouldBe first.out
            provenance.readText() shouldContain "\"resumed\""
            out.resolve("explain.csv").readText() shouldBe table
            bench.sparring(*words, "--dry-run").out.lines().dropLast(1).last() shouldContain
                Regex("some \\d+ min in sequence, at the speed of 4 runs that is there")

            bench.sparring("report", out).code shouldBe 0
            val page = out.resolve("report.html").readText()
            page shouldContain "out - Why two recipes differ"
            page shouldContain "loss_d by move"
            page shouldContain "moves are made in all orders: 4 recipes"

            // A run directory stands for its recipe.
            bench.sparring(
                "explain",
                direct,
                out.resolve("BB/seed-1"),
                "--figure",
                "loss_d",
            ) shouldBe
                Outcome(
                    2,
                    "",
                    "$direct and ${out.resolve("BB/seed-1")}: equal in all that is trained, so there " +
                        "is nothing to explain\n",
                )
        }

        "bad input is refused in one line" {
            val bench = workbench()
            val a = bench.file("a.yaml", TINY)
            val b = bench.file("b.yaml", TINY.replace("lr: 0.001", "lr: 0.3"))
            fun problem(vararg words: Any): String {
                val done = bench.sparring("explain", a, b, "--out", bench.path("no"), *words)
                done.code shouldBe 2
                done.out shouldBe ""
                return done.err
            }
            problem() shouldStartWith
                "--figure: name what is explained, one of loss_d, loss_g; neither recipe measures"
            problem("--figure", "fid") shouldStartWith
                "--figure: no run measures it: unknown column 'fid'"
            problem("--seeds", "1..") shouldBe
                "--seeds: expected seeds such as 1..5, 5 or 2,3,7, got '1..'\n"
            problem("--seeds", "3..2") shouldBe
                "--seeds: expected at least one seed, such as 1..3, got '3..2'\n"
            problem("--seeds", "4,7,4") shouldBe "--seeds: 4 is there twice\n"
            problem("--permutations", 0) shouldBe "--permutations: expected 1 to 1000, got 0\n"
            bench.sparring("explain", a, bench.path("c.yaml")).err shouldBe
                "${bench.path("c.yaml")}: no such file; expected a .gan.kts, .yaml or .json recipe\n"
            bench.sparring("explain", a, bench.folder).err shouldBe
                "${bench.folder}: no run here; expected a run directory with a recipe.yaml\n"
        }

        "seeds are a range, a number or a list" {
            SeedList.of("3..5") shouldBe listOf(3L, 4L, 5L)
            SeedList.of("2") shouldBe listOf(1L, 2L)
            SeedList.of("7,") shouldBe listOf(7L)
            SeedList.of("-1, 9") shouldBe listOf(-1L, 9L)
        }
    })

private val TINY =
    """
    name: tiny
    data: digits
    generator:
      latent: 4
      layers:
        - { type: dense, units: 64 }
        - { type: reshape, shape: [4, 4, 4] }
        - { type: batchNorm, momentum: 0.1, alwaysBatch: true }
        - relu
        - { type: convTranspose, filters: 1 }
        - tanh
    discriminator: { layers: [flatten, { type: dense, units: 1 }] }
    optimizer: { generator: { type: adam, lr: 0.001, beta1: 0.5 } }
    train: { steps: 4, batch: 8, portable: true }
    output: { sampleCount: 4, diagnosticsEvery: 0 }
    """
        .trimIndent()
