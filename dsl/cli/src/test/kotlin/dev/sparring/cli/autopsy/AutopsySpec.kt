package dev.sparring.cli.autopsy

import dev.sparring.cli.ExitCode
import dev.sparring.cli.NotOnWindows
import dev.sparring.cli.Outcome
import dev.sparring.cli.Workbench
import dev.sparring.cli.awaitFile
import dev.sparring.cli.signal
import dev.sparring.cli.startJvm
import dev.sparring.cli.workbench
import dev.sparring.file.FolderLock
import io.kotest.assertions.withClue
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.util.concurrent.TimeUnit
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** What would have saved a run. */
@EnabledIf(NotOnWindows::class)
class AutopsySpec :
    FreeSpec({
        val bench = workbench()
        val rise = bench.file("rise.yaml", Workbench.RISE)
        val run = bench.path("rise")
        val table = run.resolve("autopsy/autopsy.csv")

        val verdicts = listOf("shows it", "avoids it", "does not help", "postpones it")

        fun columns(line: String) = line.substringBefore(',') to verdicts.first { ",$it," in line }

        "a run that diverges at its rate is saved by a lower one and not by the seed" {
            bench.sparring("train", rise, "--out", run).code shouldBe ExitCode.DIVERGED
            val only = arrayOf("--only", "rate-of-d-quarter", "--only", "rate-of-g-half")
            val options = arrayOf("--at", "9", "--steps", "11", "--seeds", "1", *only)
            val dry = bench.sparring("autopsy", run, *options, "--dry-run")
            withClue(dry.err) { dry.code shouldBe 0 }
            dry.out.lines()[0] shouldBe
                "$run: step 9: diverged: a loss or a weight was not finite any more"
            dry.out shouldContain
                "4 variants from $run/checkpoints/000008, the newest whole checkpoint before it, up " +
                    "to step 19: 4 x 11 = 44 steps"
            dry.out shouldContain
                "[4/4] a quarter of the rate of D, seed 42: to be run: " +
                    "optimizer.discriminator.lr 1.5 -> 0.375\n"
            run.resolve("autopsy").exists() shouldBe false

            val done = bench.sparring("autopsy", run, *options, "--from", "0", "--jobs", "2")
            withClue(done.err + done.out) { done.code shouldBe 0 }
            done.out shouldContain "control: shows 'diverged' at step 9 again, as the run did\n"
            done.out shouldContain
                "luck: the seed alone does not avoid it (0 of 1, 95 % [0.00, 0.98])"
            done.out shouldContain
                "a quarter of the rate of D avoids it up to step 11: Heusel et al., arXiv:1706.08500\n"
            done.out shouldContain "half the rate of G postpones it by 1 step, to step 10: Heusel"
            table.readLines().drop(2).filterNot { ",left out," in it }.associate(::columns) shouldBe
                mapOf(
                    "control" to "shows it",
                    "seed-only-1" to "does not help",
                    "rate-of-g-half" to "postpones it",
                    "rate-of-d-quarter" to "avoids it",
                )

            // Finished variants are not repeated, and are runs like any others.
            val again = bench.sparring("autopsy", run, *options, "--from", "0")
            again.out shouldBe done.out
            again.err shouldContain "1 of 1 runs are finished\n3 of 3 runs are finished\n"
            val saved = run.resolve("autopsy/rate-of-d-quarter/seed-42")
            saved.resolve("run.json").readText() shouldContain "\"fork\" : {"
            val goOn = done.out.lines().last { it.isNotEmpty() }.substringAfter("sparring ")
            val on = bench.sparring(*goOn.split(" ").toTypedArray())
            withClue(on.err) { on.code shouldBe 0 }
            saved.resolve("run.json").readText() shouldContain "\"status\" : \"completed\""

            bench.sparring("report", run) shouldBe Outcome(0, "${run.resolve("report.html")}\n", "")
            val page = run.resolve("report.html").readText()
            page shouldContain "Avoided by: a quarter of the rate of D."
            page shouldContain "Not luck alone, as far as 0 of 1 other seed tell."
            val own = bench.sparring("report", run.resolve("autopsy"))
            withClue(own.err) { own.code shouldBe 0 }
        }

        "each divergence that a run went back after is looked into, as it was then" {
            val retried = bench.path("retried")
            val retry = "divergence={policy: retry, times: 3, change: rates, factor: 0.9}"
            bench.sparring("train", rise, "--out", retried, "--set", retry).code shouldBe
                ExitCode.DIVERGED
            retried.resolve("run.json").readText() shouldContain "\"from\" : 6,"
            val only = arrayOf("--only", "rate-of-d-quarter", "--seeds", "0", "--steps", "11")
            // It went back to 8, to 6 since 8 was tried, and to 8 again: the first attempt is left
            // up to 6.
            val dry = bench.sparring("autopsy", retried, *only, "--dry-run")
            withClue(dry.err) { dry.code shouldBe 0 }
            val what = "diverged: loss_g is Infinity; the run went back to step 8"
            dry.out.lines()[0] shouldBe "$retried: step 9: $what"
            dry.out.lines()[1] shouldBe
                "not looked into (--at, --retry): diverged at step 9 (retry 2), diverged at step 9 " +
                    "(retry 3), diverged at step 9"
            dry.out shouldContain
                "from $retried/checkpoints/000006, the newest whole checkpoint before it, as the " +
                    "run went on there before it went back, up to step 17"
            val third = bench.sparring("autopsy", retried, *only, "--retry", "3")
            withClue(third.err + third.out) { third.code shouldBe 0 }
            third.out shouldContain "control: shows 'diverged' at step 9 again, as the run did\n"
            val control = retried.resolve("autopsy/control/seed-42/run.json").readText()
            control shouldContain "\"step\" : 8,"
            control shouldContain "\"retries\" : 2,"
            bench.sparring("autopsy", retried, *only, "--retry", "2").err shouldBe
                "$retried: diverged at step 9 came after step 8, and the run went back to step 6 " +
                    "later, so that checkpoint is put aside; name another by --retry or --at, or " +
                    "train with divergence: { policy: stop }\n"
            bench.sparring("autopsy", retried, *only, "--retry", "4").err shouldBe
                "--retry: $retried has no return of number 4; expected one of 1, 2, 3\n"
            bench.sparring("autopsy", retried, *only, "--from", "8").err shouldBe
                "--from: the run went back after divergences, and its checkpoint of step 8 does " +
                    "not lead to diverged at step 9; expected step 0 to 6\n"
        }

        "a run that another seed saves was unlucky" {
            val luck = bench.file("luck.yaml", LUCK)
            val unlucky = bench.path("luck")
            bench.sparring("train", luck, "--out", unlucky)
            val options = arrayOf("--seeds", "1", "--only", "clip-norm", "--jobs", "2")
            val back = arrayOf("--from", "0", "--steps", "20")
            val done = bench.sparring("autopsy", unlucky, *options, *back)
            withClue(done.err + done.out) { done.code shouldBe 0 }
            done.out shouldContain
                "luck: the seed alone avoids it (1 of 1, 95 % [0.03, 1.00]): Lucic et al."
            bench.path("luck/autopsy/autopsy.csv").readText() shouldContain
                "\nseed-only-1,\"another seed only, 1\",train.seeds.noise 43 -> 44,avoids it,"
        }

        "a control that shows nothing proves nothing" {
            val other = bench.path("other")
            bench
                .sparring("train", rise, "--out", other, "--set", LOW, "--steps", "6")
                .code shouldBe 0
            other.resolve("findings.txt").writeText("step 5: D has won: as written by hand\n")
            val done = bench.sparring("autopsy", other, "--seeds", "0")
            done.code shouldBe ExitCode.DIFFERENT
            done.out shouldBe
                "the control, which changes nothing, avoids it up to step 6 where the run had it at " +
                    "step 5 (D has won): so nothing is proven, and no other variant counts\n" +
                    "nothing that is recorded differs between the two trainings\n"
            other.resolve("autopsy/rate-of-d-half").exists() shouldBe false
        }

        "an interrupted autopsy goes on" {
            val long = bench.path("long")
            // A checkpoint at every second step would take longer than all else.
            val rarely = arrayOf("--set", "output.checkpointsEvery=500")
            bench.sparring("train", rise, "--out", long, "--steps", "1500", *rarely).code shouldBe
                ExitCode.DIVERGED
            val command =
                arrayOf("autopsy", "$long", "--seeds", "0", "--only", "rate-of-d-quarter") +
                    arrayOf("--from", "0", "--at", "9", "--steps", "1500")
            val recipe = long.resolve("recipe.yaml")
            val parent = startJvm(bench.folder, *command)
            val saved = long.resolve("autopsy/rate-of-d-quarter/seed-42")
            awaitFile(saved.resolve("metrics.csv"), parent)
            signal(parent, "INT")
            parent.waitFor(60, TimeUnit.SECONDS) shouldBe true
            parent.exitValue() shouldBe ExitCode.INTERRUPTED
            bench.path("log").readLines().last() shouldStartWith
                "stopped; go on with: sparring autopsy $long"
            recipe.exists() shouldBe true
            val dry = bench.sparring(*command, "--dry-run")
            dry.out shouldContain "control, seed 42: finished: nothing changed\n"
            dry.out shouldContain "a quarter of the rate of D, seed 42: to be resumed: "
            val done = bench.sparring(*command)
            withClue(done.err + done.out) { done.code shouldBe 0 }
            done.out shouldContain "a quarter of the rate of D avoids it up to step 1500"
        }

        "what cannot be looked into is one line" {
            val small = bench.file("small.yaml", Workbench.SMALL)
            val healthy = bench.path("healthy")
            bench.sparring("train", small, "--out", healthy, "--steps", "1").code shouldBe 0
            val held = bench.sparring("autopsy", run, "--at", "7")
            for ((refused, message) in
                listOf(
                    bench.sparring("autopsy", healthy) to
                        "$healthy: is healthy as far as it goes: it has no finding and did not " +
                            "diverge; an autopsy needs a run with findings.txt, or of status " +
                            "diverged\n",
                    bench.sparring("autopsy", bench.folder) to
                        "${bench.folder}: no run here; expected a run directory with a " +
                            "recipe.yaml\n",
                    held to "--at: $run has no finding of step 7; expected one of 9\n",
                    bench.sparring("autopsy", run, "--at", "9", "--from", "9") to
                        "--from: step 9 is not before diverged at step 9\n",
                    bench.sparring("autopsy", run, "--at", "9", "--from", "0", "--steps", "8") to
                        "--steps: 8 end at step 8, before diverged at step 9; expected at least 9\n",
                    bench.sparring("autopsy", run, "--only", "rate-of-d-hal") to
                        "--only: no change 'rate-of-d-hal'; there is rate-of-g-half, " +
                            "rate-of-g-quarter, rate-of-d-half, rate-of-d-quarter, sn-on-d, " +
                            "bssn-on-d, r1, lower-beta1, updates-of-d-twice, clip-norm, average; " +
                            "did you mean 'rate-of-d-half'?\n",
                    bench.sparring("autopsy", run, "--retry", "1") to
                        "--retry: $run never went back after a divergence\n",
                    bench.sparring("autopsy", run, "--retry", "1", "--at", "9") to
                        "--retry: names a divergence, as --at does; leave one option out\n",
                    bench.sparring("autopsy", run, "--seeds", "-1") to
                        "--seeds must be 0 to 100, got -1\n",
                )) {
                refused shouldBe Outcome(ExitCode.BAD_INPUT, "", message)
            }
            FolderLock.take(run).use {
                bench.sparring("autopsy", run).err shouldContain
                    "; wait for it, or name another directory\n"
            }
            // As a program leaves it: without the text of its recipe.
            val ofProgram = bench.path("program")
            bench.sparring("train", small, "--out", ofProgram, "--steps", "1").code shouldBe 0
            val record = ofProgram.resolve("run.json")
            record.writeText(
                record.readText().replace(Regex("\"recipe\" : \"[0-9a-f]+\",\\s*"), "")
            )
            ofProgram.resolve("recipe.yaml").toFile().delete()
            bench.sparring("autopsy", ofProgram) shouldBe
                Outcome(
                    ExitCode.BAD_INPUT,
                    "",
                    "$ofProgram: its recipe has no text, because a program trained it; open it " +
                        "there, with Runs and RunData\n",
                )
        }

        "a finding before the first checkpoint that is left is looked into from step 0" {
            val early = bench.path("early")
            bench
                .sparring("train", rise, "--out", early, "--set", LOW, "--steps", "8", *FEW)
                .code shouldBe 0
            early.resolve("checkpoints/000000").exists() shouldBe false
            early.resolve("findings.txt").writeText("step 1: D has won: at once\n")
            val dry = bench.sparring("autopsy", early, "--seeds", "0", "--dry-run")
            withClue(dry.err) { dry.code shouldBe 0 }
            dry.out shouldContain
                " variants from step 0, with the weights drawn again, as no whole checkpoint before " +
                    "it is left, up to step 8: "
            dry.out shouldContain
                "\nleft out: a lower beta1: no optimizer of the recipe has a beta1\n"
        }
    })

private val FEW = arrayOf("--set", "output.keepCheckpoints=1")

private const val LOW = "optimizer.discriminator.lr=0.1"

/** Batches of one with large noise: whether its gradients explode soon is chance. */
private val LUCK =
    """
    name: luck
    data: ring
    generator:
      latent: 2
      layers:
        - { type: dense, units: 2, init: { type: normal, std: 2 } }
    discriminator:
      layers:
        - { type: dense, units: 1 }
    loss: leastSquares
    optimizer:
      generator: { type: sgd, lr: 1.0e-6 }
      discriminator: { type: sgd, lr: 0.22 }
    train: { steps: 40, batch: 1, seeds: { noise: 43 } }
    output: { samplesEvery: 900, checkpointsEvery: 10, keepCheckpoints: 9, diagnosticsEvery: 1, sampleCount: 9 }
    """
