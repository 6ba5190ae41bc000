package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldEndWith
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.readText

/** `--threads` of all commands that compute. */
class ThreadsSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)
        val sweep = bench.file("sweep.yaml", "recipe: small.yaml\nseeds: 2")
        val computing = listOf("train", "check", "probe", "sweep", "bench")
        val looking = listOf("sample", "eval", "export", "reproduce")

        "a run has the number that was asked for, before libraries load" {
            val run = bench.path("run")
            // Jvm.kt asks for another by a property.
            val process =
                startJvm(bench.folder, "train", "$recipe", "--out", "$run", "--threads", "3")
            process.waitFor() shouldBe 0
            run.resolve("run.json").readText() shouldContain "\"threads\" : \"3\""
        }

        "runs of a sweep share it" {
            val out = bench.path("sweep")
            val options = arrayOf<Any>("--jobs", 2, "--threads", 5, "--set", "train.steps=1")
            val done = bench.sparring("sweep", sweep, "--out", out, *options)
            done.code shouldBe 0
            done.err shouldStartWith "2 threads for each of 2 runs\n"
            for (seed in 1..2) {
                out.resolve("base/seed-$seed/run.json").readText() shouldContain
                    "\"threads\" : \"2\""
            }
            val few = arrayOf<Any>("--jobs", 2, "--threads", 1)
            bench.sparring("sweep", sweep, "--out", bench.path("none"), *few).err shouldBe
                "--threads: 1 cannot be shared by --jobs 2; each needs one\n"
        }

        "a bench measures with it" {
            val options = arrayOf<Any>("--seconds", 1, "--rounds", 1, "--engine", "torch")
            val measured = bench.sparring("bench", recipe, *options, "--threads", 2)
            withClue(measured.err) { measured.code shouldBe 0 }
            measured.out shouldContain ", 2 threads, "
        }

        "other numbers are refused in one line" -
            {
                for (command in computing + looking) {
                    command {
                        val refused = bench.sparring(command, recipe, "--threads", "0")
                        refused.code shouldBe 2
                        refused.err shouldBe
                            "sparring: Invalid value for option '--threads': must be 1 to 9999, " +
                                "got '0'; see: sparring $command --help\n"
                    }
                }
            }

        "a portable run has one thread" -
            {
                val portable = arrayOf<Any>("--portable", "--threads", 2)
                val line = "--threads: a portable run has 1 thread; leave it out\n"
                for (command in computing) {
                    "sparring $command" {
                        val file = if (command == "sweep") sweep else recipe
                        val refused = bench.sparring(command, file, *portable)
                        refused.code shouldBe 2
                        refused.err shouldEndWith line
                    }
                }
                "if its recipe says so, too" {
                    val own = bench.file("own.yaml", PORTABLE)
                    bench.sparring("train", own, "--threads", 2, "--out", bench.path("p")) shouldBe
                        Outcome(2, "", line)
                    bench.sparring("bench", own, "--threads", 2) shouldBe Outcome(2, "", line)
                }
            }

        "with --quiet, train prints where the run is, and check its warnings" {
            val run = bench.path("quiet")
            bench.sparring("train", recipe, "--quiet", "--steps", 2, "--out", run) shouldBe
                Outcome(0, "$run\n", "")
            bench.sparring("--quiet", "sample", run, "--steps", 3).err shouldBe
                "--steps: goes with --interpolate\n"
            val wild = arrayOf("--quiet", "--set", "optimizer.generator={type: adam, lr: 1.0}")
            bench.sparring("check", recipe, *wild).err shouldStartWith "warning: "
        }

        "colours are for terminals only, and NO_COLOR takes them away" {
            // Surefire's tests have no terminal.
            Terminal(System.out, System.err, mapOf()).hasColours() shouldBe
                Terminal(System.out, System.err, mapOf("NO_COLOR" to "")).hasColours()
            Terminal(System.out, System.err, mapOf("NO_COLOR" to "1")).hasColours() shouldBe false
            Terminal(System.out, System.err, mapOf("TERM" to "dumb")).hasColours() shouldBe false
            bench.sparring("train", "--help").out.any { it == '\u001b' } shouldBe false
        }
    })

private val PORTABLE = Workbench.SMALL.replace("batch: 8", "batch: 8, portable: true")
