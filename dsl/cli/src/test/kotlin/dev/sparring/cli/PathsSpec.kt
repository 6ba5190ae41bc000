package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.inspectors.forAll
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldEndWith
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.readText

/** Names beyond ASCII, and names that no file has. */
class PathsSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)

        "a path that cannot be is one line and no fault" {
            listOf<List<Any>>(
                    listOf("check", "a\u0000b.yaml"),
                    listOf("train", recipe, "--out", "a\u0000b"),
                    listOf("train", recipe, "--init", "a\u0000b"),
                    listOf("report", "a\u0000b"),
                )
                .forAll { line ->
                    val done = bench.sparring(*line.toTypedArray())
                    done.code shouldBe 2
                    done.err.trim().lines().size shouldBe 1
                    done.err shouldContain "'a\\u0000b"
                    done.err shouldContain "no file can be named so: Nul character not allowed"
                }
        }

        "a path whose characters were lost names the locale" {
            val done = bench.sparring("check", "\uFFFD\uFFFD.yaml")
            done.code shouldBe 2
            done.err.trim().lines().size shouldBe 1
            done.err shouldContain "the locale's encoding, "
        }

        "a path in a recipe that cannot be is one line" {
            val data = "data: { type: imageFolder, folder: \"a\\0b\", size: 8, channels: 1 }"
            val own = bench.file("nul.yaml", Workbench.SMALL.replace("data: digits", data))
            val done = bench.sparring("train", own)
            done.code shouldBe 2
            done.err shouldContain "no file has a name with the character NUL"
        }

        "the launcher replaces the encoding of locales that are not UTF-8" {
            val launcher = Path.of("../../sparring").readText()
            val part =
                "is_utf8() {" +
                    launcher.substringAfter("is_utf8() {").substringBefore("\nfi\n") +
                    "\nfi\n"
            val script =
                Files.writeString(
                    bench.folder.resolve("locale.sh"),
                    "set -eu\n${part}locale charmap\n",
                )
            fun charmap(vararg environment: Pair<String, String>): String {
                val shell = ProcessBuilder("sh", script.toString())
                shell.environment().keys.removeIf { it.startsWith("LC_") || it == "LANG" }
                shell.environment().putAll(environment)
                return shell.start().inputStream.reader().readText().trim()
            }
            listOf("", "C", "POSIX", "C.UTF-8", "xx_XX.UTF-8", "xx_XX").forAll {
                charmap("LC_ALL" to it) shouldEndWith "UTF-8"
                charmap("LANG" to it) shouldEndWith "UTF-8"
                charmap("LANG" to "C.UTF-8", "LC_CTYPE" to it) shouldEndWith "UTF-8"
            }
        }
    })
