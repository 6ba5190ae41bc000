package dev.sparring.cli.runs

import dev.sparring.cli.Outcome
import dev.sparring.cli.Workbench
import dev.sparring.cli.workbench
import dev.sparring.file.FolderLock
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.time.Instant
import kotlin.io.path.createDirectories
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

class RunsSpec :
    FreeSpec({
        fun Outcome.rows(): List<String> {
            withClue(err) { code shouldBe 0 }
            return out.trimEnd().lines().map { it.trim().replace(Regex("  +"), " | ") }
        }

        "trained runs are listed with their last figures" {
            val bench = workbench()
            val recipe = bench.file("small.yaml", Workbench.SMALL)
            for (seed in listOf(9, 10)) {
                val run = bench.path("runs/small/seed-$seed")
                val done =
                    bench.sparring(
                        *arrayOf<Any>("train", recipe, "--seed", seed),
                        *arrayOf<Any>("--steps", 3, "--out", run),
                    )
                withClue(done.err) { done.code shouldBe 0 }
            }
            bench.sparring("eval", bench.path("runs/small/seed-10"), "--count", 20).code shouldBe 0
            val rows = bench.sparring("runs", bench.folder).rows()
            rows[0] shouldBe "name | seed | steps | state | age | loss_d | loss_g | measured | run"
            rows.drop(1).map { it.split(" | ").take(4) } shouldContainExactly
                listOf(
                    listOf("small", "9", "3/3", "completed"),
                    listOf("small", "10", "3/3", "completed"),
                )
            rows[1] shouldContain "| - | ${bench.path("runs/small/seed-9")}"
            rows[2] shouldContain "| frechet_distance.pixels "
            val last = bench.path("runs/small/seed-9/metrics.csv").readText().trim().lines().last()
            val loss = last.split(",")[2].toDouble()
            rows[1].split(" | ")[5] shouldBe "%.4g".format(loss)
        }

        "every state has its word, and damage is a row that says so" {
            val bench = workbench()
            val now = Instant.now()
            fun at(name: String) = bench.path("all/$name")
            WrittenRuns.write(at("1"), 1, start = "${now.minusSeconds(7300)}")
            WrittenRuns.write(at("2"), 2, "diverged", 37)
            WrittenRuns.write(at("3"), 3, "stopped", 40)
            WrittenRuns.write(at("4"), 4, "running", 50)
            WrittenRuns.write(at("5"), 5, "running", 60).resolve(".lock").writeText("")
            WrittenRuns.write(at("6"), 6, "running", 70)
            WrittenRuns.write(at("7"), 7).resolve("run.json").writeText("{")
            at("8").createDirectories().resolve("notes.txt").writeText("no run")
            val rows = FolderLock.take(at("6")).use { bench.sparring("runs", bench.folder).rows() }
            rows.drop(1).map { it.split(" | ").take(4) } shouldContainExactly
                listOf(
                    listOf("ring", "1", "300/300", "completed"),
                    listOf("ring", "2", "37/300", "diverged"),
                    listOf("ring", "3", "40/300", "stopped"),
                    listOf("ring", "4", "50/300", "unknown"),
                    listOf("ring", "5", "60/300", "killed"),
                    listOf("ring", "6", "70/300", "running"),
                    listOf("7", "-", "300", "damaged"),
                )
            rows[1] shouldContain " | 2 h | 1.250 | - | - | "
            rows[7] shouldContain " | ${at("7")}/run.json: is damaged: "
        }

        "lists are sorted and filtered" -
            {
                val bench = workbench()
                val loss = { value: Double? ->
                    mapOf("loss_d" to listOf(value), "x" to listOf(value))
                }
                WrittenRuns.write(bench.path("a"), 1, figures = loss(2.0), name = "Ring-a")
                WrittenRuns.write(bench.path("b"), 2, "diverged", 9, figures = loss(1.0))
                WrittenRuns.write(bench.path("c"), 3, figures = loss(null), name = "grid")
                WrittenRuns.write(bench.path("d"), 10, figures = loss(3.0))
                fun seeds(vararg options: Any) =
                    bench.sparring("runs", bench.folder, *options).rows().drop(1).map {
                        it.split(" | ")[1].toInt()
                    }

                "by figures, numbers and text, the lowest or the highest first" {
                    seeds() shouldBe listOf(1, 2, 3, 10)
                    seeds("--sort", "x") shouldBe listOf(2, 1, 10, 3)
                    seeds("--sort", "loss_d", "--reverse") shouldBe listOf(10, 1, 2, 3)
                    seeds("--sort", "seed", "--reverse") shouldBe listOf(10, 3, 2, 1)
                    seeds("--sort", "name") shouldBe listOf(1, 3, 2, 10)
                }

                "by conditions, all of which are met" {
                    seeds("--filter", "state=completed") shouldBe listOf(1, 3, 10)
                    seeds("--filter", "state!=completed") shouldBe listOf(2)
                    seeds("--filter", "name~ring") shouldBe listOf(1, 2, 10)
                    seeds("--filter", "name=ring", "--filter", "seed>2") shouldBe listOf(10)
                    seeds("--filter", "step<=9") shouldBe listOf(2)
                    seeds("--filter", "age>=1s") shouldBe listOf(1, 2, 3, 10)
                }

                "runs that lack a figure are said to be left out" {
                    val found = bench.sparring("runs", bench.folder, "--filter", "loss_d<2.5")
                    found.rows().size shouldBe 3
                    found.err shouldBe
                        "--filter loss_d<2.5: 1 of 4 runs have no such value, and are left out\n"
                    bench.sparring("runs", bench.folder, "--filter", "seed=4") shouldBe
                        Outcome(0, "", "none of 4 runs meets seed=4\n")
                }

                "mistakes are one line with the right form" {
                    fun refused(vararg options: Any): String {
                        val done = bench.sparring("runs", bench.folder, *options)
                        done.code shouldBe 2
                        return done.err.trimEnd()
                    }
                    refused("--filter", "loss_d") shouldBe
                        "--filter 'loss_d': expected a column, one of = != ~ < <= > >= and a value, " +
                            "such as state=killed, name~ring or loss_d<1.5"
                    refused("--filter", "los_d<1") shouldBe
                        "--filter los_d<1: no run here has 'los_d'; did you mean 'loss_d'?"
                    refused("--sort", "quality") shouldBe
                        "--sort: no run here has 'quality'; there are name, state, path, seed, step, " +
                            "steps, age and the figures that runs have, such as loss_d"
                    refused("--filter", "state=interrupted") shouldBe
                        "--filter state=interrupted: no such state; there are running, completed, " +
                            "stopped, diverged, failed, killed, unknown, damaged"
                    refused("--filter", "loss_d<low") shouldBe
                        "--filter loss_d<low: 'low' is no number"
                    refused("--filter", "age<3") shouldBe
                        "--filter age<3: '3' is no time; it may be 90s, 5min, 3h or 2d"
                    refused("--filter", "name<ring") shouldBe
                        "--filter name<ring: text has =, != and ~ (contains) only"
                    refused("--filter", "seed~1") shouldBe
                        "--filter seed~1: ~ is for text; numbers have =, !=, <, <=, > and >="
                    refused("--reverse") shouldBe "--reverse needs --sort COLUMN"
                    refused("--json", "--csv") shouldStartWith "sparring: "
                    val none = bench.path("none")
                    bench.sparring("runs", none) shouldBe
                        Outcome(2, "", "$none: no such folder; expected a folder with runs\n")
                }

                "columns are chosen, and other programs get every digit" {
                    bench.sparring("runs", bench.folder, "--figures", "x").rows()[2] shouldContain
                        " | 1.000 | ${bench.path("b")}"
                    val json = bench.sparring("runs", bench.folder, "--json", "--sort", "x")
                    val first = Json.parseToJsonElement(json.out).jsonArray[0].jsonObject
                    first.getValue("state").jsonPrimitive.content shouldBe "diverged"
                    first
                        .getValue("figures")
                        .jsonObject
                        .getValue("loss_d")
                        .jsonPrimitive
                        .double shouldBe 1.0
                    val csv = bench.sparring("runs", bench.folder, "--csv").out.lines()
                    csv[0] shouldBe "run,name,seed,step,steps,state,start,loss_d,x,damage"
                    csv[3] shouldBe
                        "${bench.path("c")},grid,3,300,300,completed,2026-11-29T12:00:00Z,,,"
                }
            }

        "an empty folder has no runs, which is said" {
            val bench = workbench()
            bench.sparring("runs", bench.folder, "--sort", "loss_d") shouldBe
                Outcome(0, "", "no runs in ${bench.folder}\n")
            bench.sparring("runs", bench.folder, "--json") shouldBe
                Outcome(0, "[]\n", "no runs in ${bench.folder}\n")
        }
    })
