package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe

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

        "a file that is not a recipe is refused in one line" {
            val none = bench.path("none.yaml")
            bench.sparring("diff", a, none) shouldBe
                Outcome(2, "", "$none: no such file; expected a .gan.kts, .yaml or .json recipe\n")
            bench.sparring("diff", a).code shouldBe 2
        }
    })
