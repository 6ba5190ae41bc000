package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import java.io.RandomAccessFile
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.copyToRecursively
import kotlin.io.path.createDirectories
import kotlin.io.path.createParentDirectories
import kotlin.io.path.createSymbolicLinkPointingTo
import kotlin.io.path.deleteRecursively
import kotlin.io.path.name
import kotlin.io.path.writeText

/**
 * A run directory may be a stranger's, or on a disk that fails: whatever is in a file's place,
 * commands answer soon, and in words. `-Dsparring.strange=true` tries more kinds and more commands.
 */
@OptIn(ExperimentalPathApi::class)
@EnabledIf(NotOnWindows::class)
class StrangeFilesSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)
        val whole = bench.path("whole")
        bench
            .sparring("train", recipe, "--out", whole, "--set", "output.checkpointsEvery=3")
            .code shouldBe 0
        whole.resolve("evaluations/x.json").createParentDirectories().writeText("{}")
        val other = bench.path("other").also { copy(whole, it) }
        other.resolve("evaluations").deleteRecursively()
        whole.resolve("evaluations").deleteRecursively()

        val isLong = System.getProperty("sparring.strange") == "true"

        fun commands(run: Path): List<List<Any>> =
            listOf(
                listOf("train", recipe, "--out", run, "--resume", "--set", "train.steps=7"),
                listOf("sample", run, "--out", bench.path("x.png")),
                listOf("report", run),
            ) +
                if (!isLong) emptyList()
                else
                    listOf(
                        listOf("runs", run),
                        listOf("compare", run, other, "--out", bench.path("c.png")),
                        listOf("eval", run, "--samples", 50),
                        listOf("export", run, "--out", bench.path("x.onnx")),
                        listOf("train", recipe, "--fork", run, "--out", bench.path("forked")),
                    )

        for ((kind, make) in if (isLong) KINDS else KINDS.take(2)) {
            "$kind in the place of each file" {
                val wrong = mutableListOf<String>()
                for (file in FILES) {
                    for (command in commands(bench.path("run")).indices) {
                        val run = bench.path("run")
                        run.deleteRecursively()
                        bench.path("forked").deleteRecursively()
                        copy(whole, run)
                        val place = run.resolve(file)
                        place.deleteRecursively()
                        make(place.createParentDirectories())
                        val line = commands(run)[command]
                        val title =
                            "$kind as $file: ${line.joinToString(" ") { "$it".substringAfterLast('/') }}"
                        problem(bench, line)?.let {
                            println("!! $title: $it")
                            wrong += "$title: $it"
                        }
                    }
                }
                withClue(wrong.joinToString("\n")) { wrong.shouldBeEmpty() }
            }
        }
    })

private val FILES =
    listOf("run.json", "recipe.yaml", "metrics.csv", "findings.txt", "evaluations/000006.json") +
        listOf("state.json", "generator.safetensors", "training.safetensors").map {
            "checkpoints/000006/$it"
        } +
        listOf("samples/000006.png", ".lock", "checkpoints", "samples")

private val KINDS: List<Pair<String, (Path) -> Unit>> =
    listOf(
        "a pipe" to { ProcessBuilder("mkfifo", "$it").start().waitFor() shouldBe 0 },
        "other text" to { it.writeText("\u0000\u001b[2J{\"a\": [1, 2]\n,,,\nstep,\n\n") },
        "a device" to { it.createSymbolicLinkPointingTo(Path.of("/dev/zero")) },
        "a folder" to { it.createDirectories() },
        "a link to itself" to { it.createSymbolicLinkPointingTo(Path.of(it.name)) },
        "three gigabytes of zeros" to
            {
                RandomAccessFile("$it", "rw").use { file -> file.setLength(3_000_000_000) }
            },
    )

@OptIn(ExperimentalPathApi::class)
private fun copy(from: Path, to: Path) {
    from.copyToRecursively(to, followLinks = false, overwrite = false)
}

/**
 * What is wrong with a command's answer: it has to be done or to say in a line why not, and soon.
 */
private fun problem(bench: Workbench, line: List<Any>): String? {
    val answer = CompletableFuture.supplyAsync { bench.sparring(*line.toTypedArray()) }
    val done =
        try {
            answer.get(20, TimeUnit.SECONDS)
        } catch (_: TimeoutException) {
            return "no answer"
        }
    val lines = done.err.trimEnd().lines().filterNot { it.startsWith("usage") }
    return when {
        done.code !in setOf(0, 2, 3, 4) -> "exit code ${done.code}: ${done.err.take(600)}"
        "Exception" in done.err || "\tat " in done.err -> done.err.take(600)
        done.code == 2 && done.err.isBlank() -> "no reason"
        done.code == 2 && lines.last().isBlank() -> "blank: ${done.err.take(300)}"
        done.err.any { it.isISOControl() && it != '\n' && it != '\r' } ->
            "control: ${done.err.take(300)}"
        else -> null
    }
}
