package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** Runs that begin at another run's checkpoint. */
class ForkSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)
        val run = bench.path("run")
        val every = arrayOf("--set", "output.checkpointsEvery=2", "--set", "output.samplesEvery=3")

        fun fork(name: String, from: Path, vararg more: Any) =
            bench.sparring(
                *arrayOf("train", recipe, "--out", bench.path(name), "--fork", from),
                *every,
                *more,
            )

        fun checkpoint(of: Path, step: Int) = of.resolve("checkpoints/%06d".format(step))

        fun tensors(checkpoint: Path) =
            listOf("generator", "discriminator", "training").map {
                checkpoint.resolve("$it.safetensors").readBytes().toList()
            }

        "a fork without a change is the run that went on, bit for bit" {
            bench
                .sparring("train", recipe, "--out", run, *every, "--set", "ema={decay: 0.9}")
                .code shouldBe 0
            // Only the newest two checkpoints are kept.
            val from = checkpoint(run, 4)
            val done = fork("same", from, "--set", "ema={decay: 0.9}")
            withClue(done.err) { done.code shouldBe 0 }
            done.err shouldContain "--fork: $run: forked at step 4, all 44 tensors taken over\n"
            val same = bench.path("same")
            tensors(checkpoint(same, 6)) shouldBe tensors(checkpoint(run, 6))
            tensors(checkpoint(same, 4)) shouldBe tensors(checkpoint(run, 4))
            rows(same) shouldBe rows(run)
            same.resolve("samples/000006.png").readBytes().toList() shouldBe
                run.resolve("samples/000006.png").readBytes().toList()
            val record = same.resolve("run.json").readText()
            record shouldContain "\"fork\" : {\n    \"run\" : \"$run\",\n    \"step\" : 4,"
            // It is a run like any other.
            bench.sparring("report", same).code shouldBe 0
            same.resolve("report.html").readText() shouldContain "Forked from"
            val again = bench.sparring("reproduce", same, "--fork", from)
            withClue(again.out + again.err) { again.code shouldBe 0 }
            again.out shouldContain "equal: 6 rows"
            bench.sparring("reproduce", same).err shouldBe
                "$same: was forked from $run at step 4; add --fork $from\n"
            bench.sparring("reproduce", same, "--fork", checkpoint(run, 6)).err shouldContain
                "000006 is of step 6 with state.json of SHA-256 "
            bench.sparring("reproduce", run, "--fork", run).err shouldBe
                "--fork: the run was not forked\n"
        }

        "what is new begins from the weights as they are, and what is gone is named" {
            val changes = arrayOf<Any>("--set", "discriminator.norm=sn", "--steps", 8)
            val done = fork("changed", run, *changes, "--set", "ema={decay: 0.5}")
            withClue(done.err) { done.code shouldBe 0 }
            done.err shouldContain
                "$run: forked at step 6, 42 of 44 tensors taken over; left out: " +
                    "discriminator.0.weight_u_in, discriminator.0.weight_v_in\n"
            // Back again: both vectors of the other direction are new, and fit the weight.
            val back = fork("back", bench.path("changed"), "--steps", 9)
            withClue(back.err) { back.code shouldBe 0 }
            back.err shouldContain
                "; new, as at a first step: discriminator.0.weight_u_in, " +
                    "discriminator.0.weight_v_in; left out: ema.generator.0.bias, " +
                    "ema.generator.0.weight, ema.generator.2.bias and 3 more\n"
            // An average that is new begins with the generator as it is.
            val again = fork("again", bench.path("back"), "--steps", 9, "--set", "ema={decay: 0.9}")
            withClue(again.err) { again.code shouldBe 0 }
            val start = checkpoint(bench.path("again"), 9)
            bytes(start.resolve("training.safetensors"), "ema.generator.0.weight") shouldBe
                bytes(start.resolve("generator.safetensors"), "generator.0.weight")
            tensors(start)[0] shouldNotBe tensors(checkpoint(run, 6))[0]
        }

        "a fork is resumed, and may be named again then" {
            val stopped = fork("resumed", checkpoint(run, 4), "--steps", 5)
            stopped.code shouldBe 0
            val on = fork("resumed", checkpoint(run, 4), "--resume", "--steps", 7)
            withClue(on.err) { on.code shouldBe 0 }
            bench.path("resumed/run.json").readText() shouldContain "\"step\" : 4,"
            fork("resumed", checkpoint(run, 6), "--resume").err shouldBe
                "--fork: ${bench.path("resumed")} was forked from $run at step 4; leave one " +
                    "option out\n"
            fork("run", run, "--resume", "--set", "ema={decay: 0.9}").err shouldBe
                "--fork: $run was not forked; leave one option out\n"
        }

        "a checkpoint that a run went back to leads to each of its attempts, bit for bit" {
            val rise = bench.file("rise.yaml", "${Workbench.RISE.trimIndent()}\n$GOES_BACK")
            val retried = bench.path("retried")
            bench.sparring("train", rise, "--out", retried).code shouldBe ExitCode.DIVERGED
            fun again(name: String, vararg more: Any) =
                bench.sparring(
                    *arrayOf("train", rise, "--out", bench.path(name), "--steps", 8),
                    *arrayOf("--fork", checkpoint(retried, 6)),
                    *more,
                )
            val first = again("first", "--fork-retries", 0)
            withClue(first.err) { first.code shouldBe 0 }
            first.err shouldContain
                "; as it went on before it went back from step 9 to step 8, with lower rates: "
            // The first attempt's checkpoint was put aside as the run went back to step 6.
            val aside = checkpoint(retried.resolve("aside-1"), 8)
            val weights = "discriminator.0.weight"
            fun bits(checkpoint: Path) =
                bytes(checkpoint.resolve("discriminator.safetensors"), weights)
            bits(checkpoint(bench.path("first"), 8)) shouldBe bits(aside)
            again("last").code shouldBe 0
            bits(checkpoint(bench.path("last"), 8)) shouldBe bits(checkpoint(retried, 8))
            bits(checkpoint(retried, 8)) shouldNotBe bits(aside)
            val findings = bench.path("first").resolve("findings.txt")
            (findings.exists() && "went back" in findings.readText()) shouldBe false

            val from = arrayOf<Any>("--fork", checkpoint(retried, 6))
            val repeated = bench.sparring("reproduce", bench.path("first"), *from)
            withClue(repeated.out + repeated.err) { repeated.code shouldBe 0 }
            again("none", "--fork-retries", 4).err shouldBe
                "${checkpoint(retried, 6)}: the run had gone back 2 times when it went on from " +
                    "here; expected 0 to 2 retries, got 4\n"
            bench
                .sparring("train", rise, "--out", bench.path("none"), "--fork-retries", 1)
                .err shouldBe "--fork-retries: goes with --fork\n"
            again("first", "--fork-retries", 1, "--resume").err shouldBe
                "--fork-retries: ${bench.path("first")} was forked with 0 of its run's returns; " +
                    "leave the option out\n"
        }

        "what cannot be forked is one line before the run" {
            val none = bench.path("nothing/here")
            val pooled = "--set"
            for ((refused, message) in
                listOf(
                    fork("refused", none) to
                        "$none: no run and no checkpoint here; expected a run directory, or " +
                            "RUN/checkpoints/STEP\n",
                    fork("refused", checkpoint(run, 3)) to
                        "${checkpoint(run, 3)}: no run and no checkpoint here; expected a run " +
                            "directory, or RUN/checkpoints/STEP\n",
                    fork("refused", run, pooled, "discriminator.layers.0.filters=5") to
                        "${checkpoint(run, 6).resolve("discriminator.safetensors")}: " +
                            "'discriminator.0.weight' is (4, 1, 4, 4), but the recipe needs " +
                            "(5, 1, 4, 4)\n",
                    fork("refused", run, pooled, "discriminator.pool=8") to
                        "discriminator.pool: 8 samples of the pool are not in " +
                            "${checkpoint(run, 6)}, and would be empty; keep the run's size, or " +
                            "fork from step 0\n",
                    fork("refused", run, "--init", recipe) to
                        "--init: a fork has its run's weights; leave one option out\n",
                )) {
                refused shouldBe Outcome(2, "", message)
                bench.path("refused").exists() shouldBe false
            }
            val norm = "discriminator.norm={type: weightNorm, dataDependent: true}"
            val late = fork("refused", run, pooled, norm)
            late.code shouldBe 2
            late.err shouldContain
                "discriminator.layers.0: its normalization begins from what new weights make of a " +
                    "first batch, so it cannot be added to weights that are trained"
            fork("refused", run, "--steps", 3).err shouldContain
                "$run: has done 6 steps already, train.steps is 3\n"
            val state = checkpoint(run, 6).resolve("state.json")
            val text = state.readText()
            state.writeText(text.replace("\"step\" : 6", "\"step\" : 7"))
            fork("refused", checkpoint(run, 6)).err shouldContain
                "checkpoints/000006 is damaged (state.json: has SHA-256 "
            state.writeText(text)
        }
    })

private const val GOES_BACK = "divergence: { policy: retry, times: 3, change: rates, factor: 0.9 }"
