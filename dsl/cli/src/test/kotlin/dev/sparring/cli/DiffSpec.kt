package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import kotlin.io.path.deleteExisting
import kotlin.io.path.readText
import kotlin.io.path.writeText

class DiffSpec :
    FreeSpec({
        val bench = workbench()
        val a = bench.file("a.yaml", Workbench.SMALL)

        "two recipes that differ are shown side by side" {
            val b =
                bench.file(
                    "b.yaml",
                    "conventions: pytorch\n" +
                        Workbench.SMALL.trimIndent()
                            .replace("filters: 1 }", "filters: 1, padding: 1, init: zeros }")
                            .replace(
                                "    - flatten\n",
                                "    - flatten\n    - { type: dense, units: 3 }\n",
                            )
                            .replace("batch: 8", "batch: 16"),
                )
            val shown = bench.sparring("diff", a, b)
            shown.code shouldBe 0
            shown.err shouldBe ""
            shown.out.replace("$a", "A").replace("$b", "B").lines().map {
                it.replace(Regex("  +"), " | ")
            } shouldBe
                """
                 | setting | A | B
                architecture | discriminator.layers.0.padding | 1 [default of conventions sparring] | 0 [default of conventions pytorch]
                architecture | discriminator.layers.4 | none | dense(units 3)
                initializer | generator.biasInit | zeros [default of conventions sparring] | he(distribution uniform, fan in, gain 0.5773502691896257) [default of conventions pytorch]
                initializer | generator.layers.0.init | normal(mean 0, std 0.02) [default of conventions sparring] | he(distribution uniform, fan in, gain 0.5773502691896257) [default of conventions pytorch]
                initializer | generator.layers.4.init | normal(mean 0, std 0.02) [default of conventions sparring] | zeros
                initializer | discriminator.biasInit | zeros [default of conventions sparring] | he(distribution uniform, fan in, gain 0.5773502691896257) [default of conventions pytorch]
                initializer | discriminator.layers.{0,4}.init | normal(mean 0, std 0.02) [default of conventions sparring] | he(distribution uniform, fan in, gain 0.5773502691896257) [default of conventions pytorch]
                run | train.batch | 8 | 16

                """
                    .trimIndent()
                    .lines()
        }

        "recipes that are equal in effect are reported as such, in either format" {
            val json =
                bench.file("a.json", bench.sparring("convert", a, "--to", "json", "--full").out)
            bench.sparring("diff", a, json) shouldBe
                Outcome(0, "$a and $json are equal in effect\n", "")
        }

        "a run stands for the recipe that it was trained with, on either side" {
            val run = bench.path("run")
            bench.sparring("train", a, "--out", run, "--set", "train.batch=16").code shouldBe 0
            fun rows(vararg args: Any) =
                bench.sparring("diff", *args).let {
                    it.code shouldBe 0
                    it.out.lines().map { line -> line.replace(Regex("  +"), " | ") }
                }
            rows(a, run) shouldBe listOf(" | setting | $a | $run", "run | train.batch | 8 | 16", "")
            rows(run, a) shouldBe listOf(" | setting | $run | $a", "run | train.batch | 16 | 8", "")
        }

        "of two runs, data and circumstances that differ are shown, too" {
            val (one, two) = listOf("one", "two").map { bench.path(it) }
            bench.sparring("train", a, "--out", one).code shouldBe 0
            bench.sparring("train", a, "--out", two, "--engine", "nd4j").code shouldBe 0
            val shown = bench.sparring("diff", one, two)
            shown.err shouldBe ""
            val rows = shown.out.lines().map { it.replace(Regex("  +"), " | ") }
            rows[0] shouldBe "$one and $two are equal in effect"
            rows[1] shouldBe ""
            rows[2] shouldBe "circumstance | $one | $two"
            rows[3] shouldBe "engine | torch | nd4j"
            rows.none { it.startsWith("data") || it.startsWith("cores") } shouldBe true

            val again = bench.path("again")
            bench.sparring("train", a, "--out", again, "--steps", 3).code shouldBe 0
            bench.sparring("train", a, "--out", again, "--resume").code shouldBe 0
            bench.sparring("diff", one, again) shouldBe
                Outcome(
                    0,
                    "$one and $again are equal in effect\n\n" +
                        "nothing that is recorded of their data and circumstances differs\n",
                    "$again: was trained by 2 processes; the last one is compared\n",
                )
            val json = again.resolve("run.json")
            json.writeText(
                json.readText().replace(Regex("\"data\" : \"[^\"]*"), "\"data\" : \"f00")
            )
            bench.sparring("diff", one, again).out.lines()[3].startsWith("data SHA-256") shouldBe
                true
            json.deleteExisting()
            val without = bench.sparring("diff", one, again)
            without.out shouldBe "$one and $again are equal in effect\n"
            without.err shouldBe "$json: no such file, so data and circumstances are not compared\n"
        }

        "a folder without a run is refused" {
            bench.sparring("diff", a, bench.folder) shouldBe
                Outcome(
                    2,
                    "",
                    "${bench.folder}: no run here; expected a run directory with a recipe.yaml\n",
                )
        }

        "a file that is not a recipe is refused in one line" {
            val none = bench.path("none.yaml")
            bench.sparring("diff", a, none) shouldBe
                Outcome(2, "", "$none: no such file; expected a .gan.kts, .yaml or .json recipe\n")
            bench.sparring("diff", a).code shouldBe 2
        }
    })
