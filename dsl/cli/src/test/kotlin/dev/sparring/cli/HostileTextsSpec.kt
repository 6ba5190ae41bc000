package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.writeBytes

class HostileTextsSpec :
    FreeSpec({
        val bench = workbench()
        val small = bench.file("small.yaml", Workbench.SMALL)

        fun printable(text: String) =
            text
                .filter { it != '\n' && (it.isISOControl() || it.category == CharCategory.FORMAT) }
                .toList()
                .shouldBeEmpty()

        fun refused(outcome: Outcome, begin: String) {
            withClue(outcome.err.take(2_000)) {
                outcome.code shouldBe ExitCode.BAD_INPUT
                outcome.out shouldBe ""
                outcome.err.trimEnd().lines().size shouldBe 1
                outcome.err shouldStartWith begin
                outcome.err shouldNotContain "Exception"
                (outcome.err.length < 1_000) shouldBe true
                printable(outcome.err)
            }
        }

        "texts that are none are one line, whichever command reads them" {
            val texts =
                mapOf(
                    "version" to "%YAML 2.0\n---\ndata: ring\n".toByteArray(),
                    "long" to ByteArray(3_200_000) { 'a'.code.toByte() },
                    "maps" to "{a: ".repeat(25_000).toByteArray(),
                    "lists" to "- ".repeat(50_000).toByteArray(),
                    "utf16" to "data: ring\n".toByteArray(Charsets.UTF_16),
                    "tag" to "data: !\u202ering\n".toByteArray(),
                    "zero" to "data: ri\u0000ng\n".toByteArray(),
                    "alias" to "data: *no\n".toByteArray(),
                    "documents" to "data: ring\n---\ndata: ring\n".toByteArray(),
                )
            for ((name, bytes) in texts) {
                val file = bench.path("$name.yaml").apply { writeBytes(bytes) }
                val out = bench.path("run-$name")
                refused(bench.sparring("check", file), "$file")
                refused(bench.sparring("convert", "--to", "json", "--full", file), "$file")
                refused(bench.sparring("diff", file, small), "$file")
                refused(bench.sparring("train", file, "--out", out), "$file")
                refused(bench.sparring("sweep", file, "--dry-run"), "$file")
                out.exists() shouldBe false
            }
        }

        "changes that fit nothing are one line" {
            fun set(vararg changes: String) =
                bench.sparring(
                    "check",
                    small,
                    *changes.flatMap { listOf("--set", it) }.toTypedArray(),
                )
            refused(
                set("generator.layers=relu", "generator.layers.0.units=3"),
                "--set generator.layers.0.units=3: generator.layers: expected a list, got 'relu'",
            )
            refused(set("generator.layers=" + "[".repeat(100_000)), "--set generator.layers=[[[")
            refused(set("name=\u001b[2J"), "--set name=\\u001b[2J:1:1: the character U+001B")
            refused(set("x".repeat(10_000) + "=1"), "--set xxx")
            refused(set("data=%YAML 2.0"), "--set data=%YAML 2.0")
        }

        "what a recipe holds does not reach the terminal as it is" {
            val measured =
                "evaluate={ every: 1, extractor: { type: network, file: \"a\\e[2J\\u202e.onnx\", preprocessing: unit } }"
            val checked = bench.sparring("check", small, "--set", measured)
            checked.code shouldBe 0
            checked.out shouldContain "a\\u001b[2J\\u202e.onnx"
            printable(checked.out)
            val text = bench.sparring("convert", "--to", "yaml", small, "--set", measured).out
            printable(text)
            val other = bench.file("other.yaml", text)
            val compared = bench.sparring("diff", small, other)
            compared.out shouldContain "a\\u001b[2J\\u202e.onnx"
            printable(compared.out)
            bench.sparring("diff", other, other).out shouldContain "equal in effect"
        }

        "a full recipe reads back where its lists are empty and far to the right" {
            val layers =
                (1..40).fold("{ type: branches, paths: [[], [relu]] }") { inside, _ ->
                    "{ type: residual, layers: [$inside] }"
                }
            val changes = arrayOf("--set", "discriminator.layers=[$layers]")
            for (format in listOf("yaml", "json")) {
                val text = bench.sparring("convert", "--to", format, "--full", small, *changes)
                text.code shouldBe 0
                val file: Path = bench.file("full.$format", text.out)
                bench.sparring("convert", "--to", format, "--full", file) shouldBe text
            }
        }
    })
