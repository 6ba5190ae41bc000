package dev.sparring.cli.claim

import dev.sparring.cli.NotOnWindows
import dev.sparring.cli.Outcome
import dev.sparring.cli.workbench
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.createDirectories
import kotlin.io.path.deleteExisting
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** A miniature of a claim from its text to its page: six runs that take a moment. */
@EnabledIf(NotOnWindows::class)
class ClaimSpec :
    FreeSpec({
        "a claim runs, is decided, goes on, keeps what it said first, and has a page" {
            val bench = workbench()
            val folder = bench.path("claims").createDirectories()
            val file = folder.resolve("scale.claim.yaml").apply { writeText(CLAIM.trimIndent()) }
            val out = bench.path("out")

            val dry = bench.sparring("claim", file, "--out", out, "--dry-run")
            dry.code shouldBe 0
            dry.out shouldContain "[1/6] none, seed 1: to be run, "
            dry.out shouldContain
                "cost: 6 runs, 24 steps; how long a step takes is not known before the first run\n" +
                    "failures: none fails more rarely than wild: the smallest p is 0.1000, 0.1000 " +
                    "after Holm's correction; the level is 0.2\n"
            out.exists() shouldBe false

            val first = bench.sparring("claim", file, "--out", out, "--jobs", 2, "--page")
            first.code shouldBe 0
            first.err shouldContain "page: ${folder.resolve("README.md")}"
            val lines = first.out.lines()
            lines[0] shouldBe "claim: A discriminator scaled by 1e30 diverges."
            lines[1] shouldBe "source: Anon, nowhere"
            lines[2] shouldBe
                "failures: none fails more rarely than wild: holds; difference of rates -1.000; " +
                    "p 0.1000, 0.1000 after Holm's correction; failed 0 of 3 against 3 of 3"
            lines[3] shouldBe "verdict: holds"
            lines[4] shouldStartWith "6 runs with 3 seeds, 3 failed, "

            val runs = out.resolve("runs.csv").readLines()
            runs[0] shouldStartWith
                "cell,discriminator.norm,seed,status,step,retries,loss_d,run.weights,run.data,"
            runs[1] shouldStartWith "norm=none,none,1,completed,4,"
            runs[6] shouldStartWith "norm=wild,wild,3,diverged,"
            folder.resolve("results/scale.csv").readText() shouldBe
                out.resolve("runs.csv").readText()
            val page = folder.resolve("README.md").readText()
            page shouldContain
                "| [scale](scale.claim.yaml): A discriminator scaled by 1e30 diverges. | holds | 6 | 3 | "
            page shouldContain "Claim SHA-256 `${Registration.sum(file)}`."

            // A cell of the kept results comes out again, with its weights.
            val kept = folder.resolve("results/scale.csv")
            bench.sparring("claim", file, "--verify", kept, "--seed", 2).let {
                it.code shouldBe 0
                it.out shouldStartWith "none, seed 2: equal: "
                it.out shouldContain "weights"
            }
            bench.sparring("claim", file, "--verify", kept, "--page").err shouldBe
                "--verify: leave --page out; it trains one cell, whole\n"

            // Finished runs are not repeated, and the verdict is the same.
            val again = bench.sparring("claim", file, "--out", out)
            again shouldBe Outcome(0, first.out, "6 of 6 runs are finished\n")
            bench.sparring("claim", file, "--out", out, "--dry-run").out shouldContain
                "cost: 6 runs, 24 steps; all are finished\n"

            // A claim is no prediction if it is changed once its results are there.
            file.writeText(
                CLAIM.trimIndent()
                    .replace(
                        "cell: { discriminator.norm: none }, than: { discriminator.norm: wild }",
                        "cell: { discriminator.norm: wild }, least: 0.9",
                    )
            )
            val changed = bench.sparring("claim", file, "--out", out)
            changed.code shouldBe 2
            changed.err shouldStartWith
                "${out.resolve("registered.json")}: the claim was changed after its runs began (SHA-256 "
            out.resolve("registered.yaml").readText() shouldBe CLAIM.trimIndent()
            bench.sparring("claim", folder, "--page") shouldBe
                Outcome(0, "${folder.resolve("README.md")}\n", "")
            val stale = folder.resolve("README.md").readText()
            stale shouldContain
                "Not run yet: it was changed after the results that are kept. It takes 6 runs and is decided by:\n"
            stale shouldContain "diverges. | not run yet |  |  |  |"

            out.resolve("registered.json").deleteExisting()
            bench.sparring("claim", file, "--out", out).err shouldBe
                "$out: has runs, but no registered.json that says what was claimed before them; " +
                    "give another --out\n"
        }

        "bad input is a line" {
            val bench = workbench()
            val file =
                bench.file("few.claim.yaml", CLAIM.trimIndent().replace("seeds: 3", "seeds: 2"))
            bench.sparring("claim", file).err shouldBe
                "$file:15:3: rule.failures: can never be decided: with 2 seeds and 1 rule its p cannot " +
                    "fall below 0.33, the level is 0.2; 3 seeds can\n"
            bench.sparring("claim", bench.folder).err shouldBe
                "${bench.folder}: is a folder; --page writes the page of its claims\n"
            bench.sparring("schema", "--sweep", "--claim").err shouldBe
                "--sweep, --claim: one at a time\n"
        }
    })

private const val CLAIM =
    """
    claim: A discriminator scaled by 1e30 diverges.
    source: { citation: Anon, place: nowhere }
    sweep:
      recipe:
        data: ring
        generator: { latent: 2, layers: [{ type: dense, units: 2 }] }
        discriminator: { layers: [{ type: dense, units: 1 }] }
        loss: leastSquares
        train: { steps: 4, batch: 8 }
        output: { checkpointsEvery: 100000, samplesEvery: 100000 }
      axes: { discriminator.norm: { none: none, wild: { type: bssn, scale: 1.0e+30 } } }
      seeds: 3
      measure: loss_d
    rule:
      failures: { cell: { discriminator.norm: none }, than: { discriminator.norm: wild } }
    level: 0.2
    """
