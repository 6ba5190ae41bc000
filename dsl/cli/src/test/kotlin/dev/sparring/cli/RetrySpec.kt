package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.io.path.readLines
import kotlin.io.path.readText

class RetrySpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)

        fun train(name: String, divergence: String): Outcome {
            val sets =
                listOf(
                        "optimizer.generator={type: sgd, lr: 1.0e+30}",
                        "optimizer.discriminator={type: sgd, lr: 1.0e+30}",
                        "divergence=$divergence",
                    )
                    .flatMap { listOf("--set", it) }
            return bench.sparring("train", recipe, "--out", bench.path(name), *sets.toTypedArray())
        }

        "a run that diverges goes on with lower rates, says so, and can be reproduced" {
            val done = train("lower", "{policy: retry, times: 3, change: rates, factor: 1.0e-33}")
            withClue(done.err) { done.code shouldBe 0 }
            done.err shouldContain "to step 0, with lower rates: "
            done.err shouldContain " (retry 1 of 3)\n"
            val run = bench.path("lower")
            val metrics = run.resolve("metrics.csv").readLines()
            val column = metrics[0].split(",").indexOf("retries")
            metrics.drop(1).map { it.split(",")[column] }.distinct() shouldBe listOf("1.0")
            run.resolve("findings.txt").readText() shouldContain "step 0: went back from step "
            run.resolve("run.json").readText() shouldContain "\"change\" : \"rates\""
            bench.sparring("report", run).code shouldBe 0
            val again = bench.sparring("reproduce", run)
            withClue(again.out + again.err) { again.code shouldBe 0 }
        }

        "a run that diverges too often ends as diverged, and can be reproduced" {
            val done = train("never", "{policy: retry, times: 2, change: seed}")
            done.code shouldBe ExitCode.DIVERGED
            done.err shouldContain " (retry 2 of 2)\n"
            val run = bench.path("never")
            run.resolve("run.json").readText() shouldContain "\"status\" : \"diverged\""
            val again = bench.sparring("reproduce", run)
            withClue(again.out + again.err) { again.code shouldBe 0 }
        }
    })
