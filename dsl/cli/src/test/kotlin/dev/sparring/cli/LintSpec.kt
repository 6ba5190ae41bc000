package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith

class LintSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)
        val steep = arrayOf("--set", "discriminator.layers.1.slope=0.9")

        "check warns after its tables, on standard error, and still succeeds" {
            val checked = bench.sparring("check", recipe, *steep)
            checked.code shouldBe 0
            checked.out shouldContain "leakyRelu 0.9"
            checked.err shouldBe
                "warning: discriminator.layers.1: leakyRelu 0.9 is nearly linear " +
                    "(arXiv:1511.06434 has 0.2, arXiv:1802.05957 0.1); fix: slope: 0.2\n"
        }

        "notes are shown on request" {
            bench.sparring("check", recipe).err shouldBe ""
            bench.sparring("check", recipe, "--notes").err shouldStartWith
                "note: discriminator.layers.0, discriminator.layers.4: the scale of its initializer"
        }

        "train says in one line that there are warnings" {
            val line = "1 warning about this recipe; see: sparring check $recipe\n"
            val short = arrayOf("train", recipe, "--steps", 1, "--out")
            bench.sparring(*short, bench.path("a"), *steep).err shouldStartWith line
            bench.sparring(*short, bench.path("b")).err.contains("warning") shouldBe false
        }
    })
