package dev.sparring.cli

import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import java.util.concurrent.TimeUnit
import kotlin.io.path.readLines

@EnabledIf(NotOnWindows::class)
class GoingOnSpec :
    FreeSpec({
        "a stopped run says the command that goes on with it, which a shell takes" {
            val bench = workbench()
            val recipe = bench.file("it's small.yaml", Workbench.SMALL)
            val run = bench.path("a run")
            val first = bench.path("first")
            bench.sparring("train", recipe, "--out", first, "--steps", 1).code shouldBe 0
            val weights = first.resolve("checkpoints/000001/generator.safetensors")
            val process =
                startJvm(
                    bench.folder,
                    *arrayOf("--quiet", "train", "$recipe", "--out", "$run", "--init=$weights"),
                    *arrayOf("--set", "train.steps=1000000"),
                )
            awaitFile(run.resolve("metrics.csv"), process)
            signal(process, "TERM")
            process.waitFor(60, TimeUnit.SECONDS) shouldBe true
            // With --quiet there is nothing but how it ended, and where the run is.
            val said = bench.path("log").readLines()
            val line =
                "sparring --quiet train --resume '${bench.folder}/it'\\''s small.yaml' --out " +
                    "'${bench.folder}/a run' --set train.steps=1000000"
            // Where there are many threads, OpenBLAS says something as the process ends.
            said.filter { !it.startsWith("BLAS") } shouldBe listOf("go on with: $line", "$run")

            val words = shellWords(line.removePrefix("sparring "))
            val last = run.resolve("checkpoints").toFile().list()!!.maxOf { it.toInt() }
            val resumed = bench.sparring(*words, "--steps", last + 2)
            resumed.code shouldBe 0
            resumed.out shouldBe "$run\n"
            resumed.err shouldBe ""
        }

        "words are quoted as a shell reads them" {
            val words =
                listOf(
                    "a",
                    "",
                    "a b",
                    "it's",
                    "\$HOME",
                    "~",
                    "*",
                    "=ls",
                    "a=b",
                    "{x,y}",
                    "\"q\"",
                    "ä",
                )
            for (word in words + "two\nlines'\\") {
                val quoted = GoingOn.quoted(word, isWindows = false)
                quoted.lines().size shouldBe 1
                val printed = ProcessBuilder("bash", "-c", "printf %s $quoted").start()
                printed.inputReader(Charsets.UTF_8).readText() shouldBe word
            }
            GoingOn.quoted("set.yaml", isWindows = false) shouldBe "set.yaml"
            GoingOn.quoted("a b", isWindows = true) shouldBe "\"a b\""
        }
    })

/** The words that a shell makes of a line. */
private fun shellWords(line: String): Array<Any> {
    val shell =
        ProcessBuilder("sh", "-c", "for w in $line; do printf '%s\\n' \"\$w\"; done").start()
    return shell.inputReader(Charsets.UTF_8).readLines().toTypedArray()
}
