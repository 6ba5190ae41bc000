package dev.sparring.cli.group

import dev.sparring.cli.ExitCode
import dev.sparring.cli.NotOnWindows
import dev.sparring.cli.rows
import dev.sparring.cli.workbench
import dev.sparring.safetensors.Safetensors
import io.kotest.assertions.withClue
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.readText
import kotlin.math.abs

/** Several processes that train one recipe, by the command line. `GroupKillSpec` has the rest. */
@EnabledIf(NotOnWindows::class)
class GroupSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("shared.yaml", SHARED)

        fun refused(vararg options: String): String {
            val done = bench.sparring("train", recipe, "--out", bench.path("none"), *options)
            withClue(done.err) { done.code shouldBe ExitCode.BAD_INPUT }
            bench.path("none").exists() shouldBe false
            return done.err.trim()
        }

        "what cannot be shared is refused in one line, before anything is written" {
            refused("--processes", "3") shouldBe
                "$recipe: train.accumulate: 4 batches in an update cannot be shared by 3 " +
                    "processes; set it to a multiple of 3"
            refused("--processes", "2", "--set", "train.accumulate=1") shouldBe
                "$recipe: train.accumulate: 1 batch in an update cannot be shared by 2 " +
                    "processes; set it to a multiple of 2, and train.batch to what one of them takes"
            refused("--processes", "two") shouldBe
                "--processes: expected 1 to 1024, or auto, got 'two'"
            refused("--processes", "2", "--group-timeout", "0") shouldBe
                "--group-timeout: must be 1 or more, got 0"
            refused("--processes", "2", "--engine", "nd4j") shouldBe
                "the engine nd4j trains in one process; --engine torch trains in several"
        }

        "a launcher's variables are looked at before anything else" {
            val own = bench.environment
            fun auto(vararg variables: Pair<String, String>): String {
                bench.environment = own + variables
                return refused("--processes", "auto").also { bench.environment = own }
            }
            auto("WORLD_SIZE" to "2", "RANK" to "0", "MASTER_ADDR" to "a") shouldBe
                "--processes auto: MASTER_PORT is not set; a launcher sets MASTER_ADDR, " +
                    "MASTER_PORT, RANK and WORLD_SIZE for each process"
            auto(
                "WORLD_SIZE" to "2",
                "RANK" to "2",
                "MASTER_ADDR" to "a",
                "MASTER_PORT" to "1",
            ) shouldBe "--processes auto: the number of this process must be 0 to 1, got 2"
            bench.environment = own + ("WORLD_SIZE" to "2")
            val alone =
                bench.sparring("train", recipe, "--out", bench.path("alone"), "--steps", "1")
            bench.environment = own
            alone.code shouldBe 0
            alone.err shouldContain
                "WORLD_SIZE is 2, and this process trains by itself; --processes auto joins the " +
                    "others"
        }

        "two processes on this machine do what one does" {
            val pairs = arrayOf("--set", "train.accumulate=2")
            val one = bench.path("one")
            bench.sparring("train", recipe, "--out", one, *pairs).code shouldBe 0
            val two = bench.path("two")
            val done = bench.sparring("train", recipe, "--out", two, *pairs, "--processes", "2")
            withClue(done.err) { done.code shouldBe 0 }
            done.out.trim() shouldBe "$two"
            same(one, two, 12)
            val facts = two.resolve("run.json").readText()
            facts shouldContain "\"processes\" : 2"
            facts shouldContain "\"group\" : \"gloo\""
            facts shouldContain Regex("\"hosts\" : \\[ \"([^\"]+)\", \"\\1\" ]")
            one.resolve("run.json").readText() shouldContain "\"processes\" : 1"

            val again = bench.sparring("reproduce", two)
            withClue(again.out + again.err) { again.code shouldBe 0 }
            again.out shouldContain "nothing that is recorded differs"

            // The run goes on by itself, and says how it differs.
            val more =
                bench.sparring("train", recipe, "--out", two, *pairs, "--resume", "--steps", "14")
            withClue(more.err) { more.code shouldBe 0 }
            more.err shouldContain "processes: 2, now 1"
        }

        "two processes go on from another run's checkpoint as one does, and as the run did" {
            val pairs = arrayOf("--set", "train.accumulate=2")
            val often = arrayOf("--set", "output.checkpointsEvery=6")
            val run = bench.path("forked")
            bench.sparring("train", recipe, "--out", run, *pairs, *often).code shouldBe 0
            val from = arrayOf<Any>("--fork", run.resolve("checkpoints/000006"))
            val two = bench.path("fork-of-two")
            val options = arrayOf<Any>("--out", two, *pairs, *often, *from, "--processes", "2")
            val done = bench.sparring("train", recipe, *options)
            withClue(done.err) { done.code shouldBe 0 }
            done.err shouldContain "--fork: $run: forked at step 6, all "
            same(run, two, 12)
            // A changed recipe begins with what is new in each process alike.
            val changed = arrayOf<Any>(*pairs, *often, *from, "--set", "ema={decay: 0.9}")
            val (one, other) = bench.path("changed-one") to bench.path("changed-two")
            bench.sparring("train", recipe, "--out", one, *changed).code shouldBe 0
            val shared = arrayOf<Any>(*changed, "--processes", "2")
            val again = bench.sparring("train", recipe, "--out", other, *shared)
            withClue(again.err) { again.code shouldBe 0 }
            again.err shouldContain "; new, as at a first step: ema.generator."
            same(one, other, 12)
            val repeated = bench.sparring("reproduce", other, *from)
            withClue(repeated.out + repeated.err) { repeated.code shouldBe 0 }
        }

        "two processes that were stopped are repeated up to there" {
            val run = bench.path("stopped")
            val options =
                arrayOf("--set", "train.accumulate=2", "--processes", "2", "--stop-after", "5")
            bench.sparring("train", recipe, "--out", run, *options).code shouldBe 0
            rows(run).last() shouldStartWith "5,"
            val again = bench.sparring("reproduce", run)
            withClue(again.out + again.err) { again.code shouldBe 0 }
            again.out shouldContain "equal up to step 5 (stopped)"
        }

        "processes that a launcher starts, of which one has another recipe, all end with a line" {
            val members = Members(bench.folder, 2)
            members.start(0, recipe, "--out", bench.path("other"))
            members.start(1, recipe, "--set", "loss=minimax")
            withClue(members.log(0) + members.log(1)) {
                members.codes() shouldBe listOf(ExitCode.BAD_INPUT, ExitCode.BAD_INPUT)
            }
            for (rank in 0..1) {
                members.log(rank) shouldContain
                    Regex(
                        "process 1 on \\S+: has another recipe than process 0 \\([0-9a-f]{16}, not " +
                            "[0-9a-f]{16}\\); start all processes with the same"
                    )
            }
        }
    })

/** Sums of two numbers have one order, so all but running averages has the same bits. */
private fun same(one: Path, other: Path, step: Int) {
    rows(other) shouldBe rows(one)
    for (name in listOf("generator", "discriminator", "training")) {
        val (a, b) =
            listOf(one, other).map {
                Safetensors.open(it.resolve("checkpoints/%06d/$name.safetensors".format(step)))
            }
        b.names() shouldBe a.names()
        for (path in a.names()) {
            val allowed = if ("running_" in path) 1e-6 else 0.0
            val apart =
                a.doubles(path).zip(b.doubles(path)) { x, y -> abs(x - y) > allowed * (1 + abs(x)) }
            withClue(path) { apart.count { it } shouldBe 0 }
        }
    }
}
