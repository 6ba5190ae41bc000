package dev.sparring.cli.group

import dev.sparring.cli.ExitCode
import dev.sparring.cli.NotOnWindows
import dev.sparring.cli.rows
import dev.sparring.cli.signal
import dev.sparring.cli.workbench
import io.kotest.assertions.withClue
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import java.util.concurrent.TimeUnit
import kotlin.io.path.readText

/**
 * How a group of processes ends, well or not: one is killed, stopped or interrupted, and all go on
 * from the checkpoint. One case by default; all of them with `-Dsparring.groups=true`, for minutes.
 */
@EnabledIf(NotOnWindows::class)
class GroupKillSpec :
    FreeSpec({
        val isLong = System.getProperty("sparring.groups") == "true"
        val bench = workbench()
        val recipe = bench.file("shared.yaml", SHARED)
        val often =
            listOf("checkpointsEvery=3", "metricsEvery=1", "keepCheckpoints=1000000")
                .flatMap { listOf("--set", "output.$it") }
                .toTypedArray()

        /** A process is killed in the middle; all the others end, and together they go on. */
        fun killed(count: Int, victim: Int) {
            val name = "killed-$victim-of-$count"
            val run = bench.path(name)
            val endless = arrayOf(recipe, "--out", run, *often, "--steps", "1000000")
            val members = Members(bench.folder, count)
            members.startAll(*endless)
            members.awaitFile(run.resolve("checkpoints/000006/state.json"))
            members.processes.getValue(victim).destroyForcibly().waitFor()
            val killed = System.nanoTime()
            val codes = members.codes()
            val seconds = (System.nanoTime() - killed) / 1e9
            val logs = (0 until count).joinToString("\n") { "$it: " + members.log(it) }
            withClue(logs) {
                codes shouldBe List(count) { if (it == victim) 137 else ExitCode.BAD_INPUT }
                (seconds < 30) shouldBe true
                for (rank in (0 until count) - victim) {
                    members.log(rank) shouldContain "process $rank of $count: process $victim"
                    members.log(rank) shouldContain "start all again with --resume"
                    // One line, and none of c10d's own.
                    members.log(rank).lines().filter { "start all again" in it }.size shouldBe 1
                    members.log(rank) shouldNotContain "c10d"
                }
            }
            if (!isLong) return
            // To a step that both this run and an uninterrupted one reach.
            val last = run.resolve("checkpoints").toFile().list()!!.filter { it[0] != '.' }.max()
            val end = "${last.toInt() + 3}"
            val again = Members(bench.folder, count)
            again.startAll(recipe, "--out", run, *often, "--steps", end, "--resume")
            withClue(again.log(0)) { again.codes() shouldBe List(count) { 0 } }
            again.log(0) shouldContain "resuming after step ${last.toInt()}"
            val whole = bench.path("$name-whole")
            val plain = Members(bench.folder, count)
            plain.startAll(recipe, "--out", whole, *often, "--steps", end)
            withClue(plain.log(0)) { plain.codes() shouldBe List(count) { 0 } }
            tensors(run, end.toInt()) shouldBe tensors(whole, end.toInt())
            rows(run) shouldBe rows(whole)
        }

        "a process is killed: the other ends with a line that names it" { killed(2, 1) }

        "each of several in turn, the first included"
            .config(enabled = isLong) {
                killed(2, 0)
                for (victim in 0 until 4) killed(4, victim)
            }

        "one that stands still ends the others at the timeout"
            .config(enabled = isLong) {
                for (victim in 0..1) {
                    val run = bench.path("still-$victim")
                    val members = Members(bench.folder, 2)
                    members.startAll(
                        *arrayOf(recipe, "--out", run, *often, "--steps", "1000000"),
                        *arrayOf("--group-timeout", "3"),
                    )
                    members.awaitFile(run.resolve("checkpoints/000003/state.json"))
                    val still = members.processes.getValue(victim)
                    signal(still, "STOP")
                    val other = members.processes.getValue(1 - victim)
                    other.waitFor(60, TimeUnit.SECONDS) shouldBe true
                    signal(still, "KILL")
                    still.waitFor()
                    other.exitValue() shouldBe ExitCode.BAD_INPUT
                    members.log(1 - victim) shouldContain
                        Regex(
                            "process ${1 - victim} of 2: process $victim(, or the way to it,)? did not answer within 3 s"
                        )
                }
            }

        "an interrupt of any of them stops all after the same step"
            .config(enabled = isLong) {
                for (victim in 0..1) {
                    val run = bench.path("stopped-$victim")
                    val members = Members(bench.folder, 2)
                    members.startAll(recipe, "--out", run, "--steps", "1000000")
                    members.awaitFile(run.resolve("metrics.csv"))
                    Thread.sleep(2000)
                    signal(members.processes.getValue(victim), "INT")
                    withClue(members.log(0) + members.log(1)) {
                        members.codes() shouldBe listOf(130, 130)
                    }
                    run.resolve("run.json").readText() shouldContain "\"status\" : \"stopped\""
                    members.log(0) shouldContain "checkpoint written"
                    members.log(1) shouldBe ""
                }
            }

        "all end well, ten times of ten"
            .config(enabled = isLong) {
                repeat(10) { round ->
                    val members = Members(bench.folder, 2)
                    val run = bench.path("well-$round")
                    members.startAll(recipe, "--out", run, "--steps", "3")
                    withClue(members.log(0) + members.log(1)) {
                        members.codes() shouldBe listOf(0, 0)
                    }
                    members.log(1) shouldBe ""
                    members.log(0).lines().filter { "Gloo" in it } shouldBe emptyList()
                    members.log(0).lines() shouldContain "$run"
                }
            }

        "two hosts train, until their cable is cut"
            .config(enabled = isLong && Cable.isPossible()) {
                Cable().use { cable ->
                    val run = bench.path("hosts")
                    val members = Members(bench.folder, 2, cable.host, cable::enter)
                    members.startAll(
                        *arrayOf(recipe, "--out", run, "--steps", "1000000"),
                        *arrayOf("--group-timeout", "3"),
                    )
                    members.awaitFile(run.resolve("metrics.csv"))
                    Thread.sleep(1000)
                    cable.cut()
                    members.codes() shouldBe listOf(ExitCode.BAD_INPUT, ExitCode.BAD_INPUT)
                    members.log(0) shouldContain "process 1 did not answer within 3 s"
                    members.log(1) shouldContain
                        "process 0, or the way to it, did not answer within 3 s"
                }
            }

        "all go back after a divergence, or end with its code"
            .config(enabled = isLong) {
                val explosive =
                    listOf(
                            "optimizer.generator={type: sgd, lr: 1.0e+30}",
                            "optimizer.discriminator={type: sgd, lr: 1.0e+30}",
                        )
                        .flatMap { listOf("--set", it) }
                        .toTypedArray()
                val retry = "divergence={policy: retry, times: 3, change: rates, factor: 1.0e-33}"
                val saved = Members(bench.folder, 2)
                saved.startAll(
                    *arrayOf(recipe, "--out", bench.path("saved"), *explosive),
                    *arrayOf("--set", retry),
                )
                withClue(saved.log(0) + saved.log(1)) { saved.codes() shouldBe listOf(0, 0) }
                saved.log(0) shouldContain " (retry 1 of 3)\n"
                val lost = Members(bench.folder, 2)
                lost.startAll(recipe, "--out", bench.path("lost"), *explosive)
                withClue(lost.log(0) + lost.log(1)) {
                    lost.codes() shouldBe listOf(ExitCode.DIVERGED, ExitCode.DIVERGED)
                }
                lost.log(1) shouldBe ""
            }
    })
