package dev.sparring.cli.sweep

import dev.sparring.cli.NotOnWindows
import dev.sparring.cli.readme.Readme
import dev.sparring.cli.workbench
import dev.sparring.process.NativeProcess
import io.kotest.assertions.withClue
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** Of a miniature study a table is made and verified, and one that is kept in the project. */
@EnabledIf(NotOnWindows::class)
class SweepVerifySpec :
    FreeSpec({
        "a table is verified, and what differs is named" {
            val bench = workbench()
            bench.file("tiny.yaml", TINY)
            val sweep =
                bench.file(
                    "sweep.yaml",
                    """
                    recipe: tiny.yaml
                    axes: { discriminator.norm: [none, sn] }
                    seeds: 2
                    measure: [loss_d]
                    """,
                )
            val out = bench.path("out")
            val first = bench.sparring("sweep", sweep, "--out", out, "--jobs", 2)
            withClue(first.err) { first.code shouldBe 0 }
            val table = out.resolve("runs.csv")
            val header = table.readLines()[0]
            header shouldStartWith
                "cell,discriminator.norm,seed,status,step,retries,loss_d,run.weights,"
            val cells = header.split(",").zip(table.readLines()[1].split(",")).toMap()
            cells.getValue("run.weights") shouldMatch Regex("[0-9a-f]{64}")
            cells.getValue("run.data") shouldMatch Regex("[0-9a-f]{64}")
            cells.getValue("run.engine") shouldBe "torch"
            cells.getValue("run.portable") shouldBe "false"
            // Seeds and settings give other weights.
            val place = header.split(",").indexOf("run.weights")
            table.readLines().drop(1).map { it.split(",")[place] }.distinct().size shouldBe 4

            val verify = arrayOf<Any>("sweep", sweep, "--verify", table, "--jobs", 2)
            val equal = bench.sparring(*verify)
            withClue(equal.err) { equal.code shouldBe 0 }
            val lines = equal.out.lines()
            lines[0] shouldMatch Regex("none, seed 1: equal: weights [0-9a-f]{12}, 1 figure")
            lines[1] shouldStartWith "none, seed 2: equal: weights "

            // Another figure, another weight, other threads.
            val text = table.readText()
            val weights = table.readLines()[4].split(",")[place]
            val figure = table.readLines()[4].split(",")[place - 1]
            val changed = bench.path("changed.csv")
            changed.writeText(text.replace(weights, "0".repeat(64)).replace(figure, "9.5"))
            val again = bench.path("again")
            val one = arrayOf("sweep", "$sweep", "--verify", "$changed", "--cell", "sn")
            val other = bench.sparring(*one, "--seed", 2, "--out", again)
            withClue(other.err) { other.code shouldBe 4 }
            other.out shouldBe
                "sn, seed 2: differs: weights are ${"0".repeat(64)}, now $weights; " +
                    "loss_d is 9.5, now $figure\n"
            again.resolve("norm=sn/seed-2").exists() shouldBe true

            fun refused(vararg more: Any) =
                bench.sparring("sweep", sweep, *more).also { it.code shouldBe 2 }.err.trim()
            refused("--verify", table, "--cell", "snn") shouldBe
                "--cell: the sweep has no cell 'snn'; did you mean 'sn'?"
            refused("--verify", table, "--seed", 7) shouldBe
                "--seed: $table has no seed 7 there; it has 1, 2"
            refused("--cell", "sn") shouldBe "--cell: goes with --verify RUNS.csv"
            refused("--verify", table, "--dry-run") shouldBe
                "--verify: leave --dry-run out; it trains one cell, whole"
            refused("--verify", bench.path("none.csv")) shouldContain "none.csv"
        }

        "a kept result of the study comes out again on this machine, bit for bit"
            .config(enabled = NativeProcess.whyNotPortable().isEmpty) {
                val study = Readme.ROOT.resolve("samples/studies/bssn")
                val kept = study.resolve("results/miniature-runs.csv")
                val sweep = study.resolve("miniature.yaml")
                val outcome =
                    workbench().sparring("sweep", sweep, "--verify", kept, "--cell", "bssn 1.4")
                withClue(outcome.err + outcome.out) { outcome.code shouldBe 0 }
                outcome.out shouldContain
                    "bssn 1.4, seed 1: equal: weights f1a431d46959, 3 figures\n" +
                        "bssn 1.4, seed 2: equal: weights e2f670f82bc0, 3 figures\n"
            }
    })
