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
