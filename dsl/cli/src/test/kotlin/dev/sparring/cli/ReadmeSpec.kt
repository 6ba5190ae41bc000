package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import kotlin.io.path.Path
import kotlin.io.path.readText

/** The scripts of README.md's section "Try your own idea", as they stand there. */
class ReadmeSpec :
    FreeSpec({
        val bench = workbench()
        val section =
            Path("../../README.md")
                .readText()
                .substringAfter("## Try your own idea\n")
                .substringBefore("\n## ")
        val scripts =
            Regex("`(\\w+\\.gan\\.kts)`:\n\n```kotlin\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
                .findAll(section)
                .associate { it.groupValues[1] to it.groupValues[2] }

        "a list, a sweep and a program of the section about scripts do what it says" {
            val text =
                Path("../../README.md")
                    .readText()
                    .substringAfter("## Scripts\n")
                    .substringBefore("\n## ")
            val (list, sweep, program) =
                Regex("```kotlin\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
                    .findAll(text)
                    .map { it.groupValues[1] }
                    .toList()
            val rings = bench.file("rings.gan.kts", list)
            val run = bench.path("wide")
            bench.sparring("train", "$rings#2", "--steps", 1, "--out", run).code shouldBe 0
            bench.sparring("diff", "$rings#narrow", "$rings#wide").code shouldBe 0
            val planned = bench.sparring("sweep", bench.file("s.gan.kts", sweep), "--dry-run")
            planned.out.lines().count(String::isNotBlank) shouldBe 18
            // It prints on the process's own output.
            bench.sparring("run", bench.file("p.gan.kts", program), "2") shouldBe Outcome(0, "", "")
        }

        "an initializer and a normalization come first" {
            scripts.keys.toList() shouldBe listOf("sinc.gan.kts", "centered.gan.kts")
            scripts.values.forEach {
                it.lines().count(String::isNotBlank) shouldBeLessThanOrEqual 13
            }
        }

        for ((name, text) in scripts) {
            "$name trains and is sampled" {
                val run = bench.path("$name-run")
                val trained =
                    bench.sparring("train", bench.file(name, text), "--steps", 3, "--out", run)
                withClue(trained.err) { trained.code shouldBe 0 }
                val picture = bench.path("$name.png")
                val sampled = bench.sparring("sample", run, "--count", 9, "--out", picture)
                withClue(sampled.err) { sampled.code shouldBe 0 }
            }
        }
    })
