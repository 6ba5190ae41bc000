package dev.sparring.cli

import dev.sparring.run.MetricsTable
import dev.sparring.run.RunDirectory
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import kotlin.io.path.deleteExisting
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeText

class DiagnosticsSpec :
    FreeSpec({
        val bench = workbench()
        val healthy = bench.file("small.yaml", Workbench.SMALL)
        // A generator that outputs one point and hardly learns: its samples never differ.
        val failing =
            bench.file(
                "failing.yaml",
                """
                data: ring
                generator: { latent: 2, init: zeros, layers: [{ type: dense, units: 2 }] }
                discriminator:
                  layers:
                    - { type: dense, units: 8 }
                    - leakyRelu
                    - { type: dense, units: 1 }
                optimizer: { generator: { type: sgd, lr: 1e-9 } }
                train: { steps: 400, batch: 8 }
                output: { metricsEvery: 7 }
                """,
            )

        "figures stand in the rows of the first steps and of every hundredth" {
            val run = bench.path("healthy")
            val done =
                bench.sparring(
                    *arrayOf("train", healthy, "--out", run, "--steps", 100),
                    *arrayOf("--set", "output.metricsEvery=30"),
                )
            done.code shouldBe 0
            done.err shouldNotContain "warning"
            run.resolve("findings.txt").exists() shouldBe false
            val table = MetricsTable.of(RunDirectory(run))
            table.columns.take(4) shouldBe listOf("loss_d", "loss_g", "d_real", "d_fake")
            table.columns shouldContainAll
                listOf(
                    "hinge_active_real",
                    "slope_fake",
                    "diversity",
                    "grad_norm.discriminator",
                    "grad_norm_normalized.discriminator.4.weight",
                    "sigma_ratio.discriminator.0.weight",
                    "update_ratio.generator.4.weight",
                    "variance_xavier.generator.0.weight",
                )
            table.rows.map { it.step } shouldContainExactly listOf(1, 2, 5, 10, 20, 30, 60, 90, 100)
            table.rows.map { it.figures.size } shouldContainExactly
                listOf(1, 1, 1, 1, 1, 0, 0, 0, 1).map { if (it == 1) table.columns.size else 2 }
        }

        "a recipe may switch diagnostics off" {
            val run = bench.path("without")
            bench
                .sparring(
                    *arrayOf("train", healthy, "--out", run),
                    *arrayOf("--set", "output.diagnosticsEvery=0"),
                )
                .code shouldBe 0
            run.resolve("metrics.csv").readLines().first() shouldBe "step,seconds,loss_d,loss_g"
        }

        "a run that fails is warned of, and its directory says so" {
            val run = bench.path("whole")
            val done = bench.sparring("train", failing, "--out", run)
            done.code shouldBe 0
            val findings = run.resolve("findings.txt").readLines()
            findings shouldHaveSize 1
            findings.single() shouldStartWith
                "step 300: G has collapsed: two of its samples are on average "
            warnings(done) shouldContainExactly findings
        }

        "a resumed run has the findings of an uninterrupted one, once each, and its columns" {
            for (stop in listOf(150, 351)) {
                val run = bench.path("stopped-$stop")
                val first = bench.sparring("train", failing, "--out", run, "--steps", stop)
                val second = bench.sparring("train", failing, "--out", run, "--resume")
                second.code shouldBe 0
                run.resolve("findings.txt").readText() shouldBe
                    bench.path("whole").resolve("findings.txt").readText()
                warnings(first).size shouldBe if (stop == 150) 0 else 1
                warnings(second).size shouldBe if (stop == 150) 1 else 0
                // The row of the step at which it was stopped is the only one more.
                figures(run).filter { !it.startsWith("$stop,") } shouldBe
                    figures(bench.path("whole"))
            }
        }

        "a run whose metrics were lost continues without them" {
            val run = bench.path("lost")
            bench.sparring("train", failing, "--out", run, "--steps", 3).code shouldBe 0
            for (metrics in listOf<String?>("", null)) {
                val file = run.resolve("metrics.csv")
                if (metrics == null) file.deleteExisting() else file.writeText(metrics)
                val steps = if (metrics == null) 5 else 4
                bench
                    .sparring("train", failing, "--out", run, "--steps", steps, "--resume")
                    .code shouldBe 0
                figures(run).map { it.substringBefore(',') } shouldBe listOf("step", "$steps")
            }
        }
    })

private fun warnings(outcome: Outcome): List<String> =
    outcome.err.lines().filter { it.startsWith("warning: ") }.map { it.removePrefix("warning: ") }

/** The rows without the wall clock. */
private fun figures(run: Path): List<String> =
    run.resolve("metrics.csv").readLines().map { it.replaceFirst(Regex(",[^,]*"), "") }
