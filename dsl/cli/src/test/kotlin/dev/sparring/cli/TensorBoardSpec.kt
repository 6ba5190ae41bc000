package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText

class TensorBoardSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)

        "a run writes event files on request, and another one when resumed" {
            val run = bench.path("watched")
            bench
                .sparring("train", recipe, "--out", run, "--steps", 3, "--tensorboard")
                .code shouldBe 0
            val first = files(run.resolve("tensorboard")).single()
            first.name shouldMatch Regex("events\\.out\\.tfevents\\.\\d{10}\\..+")
            val before = bytes(first)
            text(first) shouldContain "brain.Event:2"
            text(first) shouldContain "loss/d"
            text(first) shouldContain "PNG"
            bench.sparring("train", recipe, "--out", run, "--resume", "--tensorboard").code shouldBe
                0
            files(run.resolve("tensorboard")) shouldHaveSize 2
            files(run.resolve("tensorboard")).first() shouldBe first
            bytes(first) shouldBe before
        }

        "a run writes none by default" {
            val run = bench.path("plain")
            bench.sparring("train", recipe, "--out", run).code shouldBe 0
            run.resolve("tensorboard").exists() shouldBe false
        }

        "export writes a run's metrics and pictures, and prints the file" {
            val run = bench.path("plain")
            val done = bench.sparring("export", run, "--to", "tensorboard")
            done.code shouldBe 0
            val file = files(run.resolve("tensorboard")).single()
            done.out shouldBe "$file\n"
            text(file) shouldContain "loss/g"
            text(file) shouldContain "samples"

            val elsewhere = bench.path("deep/er")
            bench.sparring("export", run, "--to", "tensorboard", "--out", elsewhere).code shouldBe 0
            bytes(files(elsewhere).single()) shouldBe bytes(file)
        }

        "export does not add to existing event files" {
            val run = bench.path("watched")
            bench.sparring("export", run, "--to", "tensorboard") shouldBe
                Outcome(
                    2,
                    "",
                    "${run.resolve("tensorboard")}: has event files already; " +
                        "delete them, or name another folder\n",
                )
        }

        "export refuses a file as its folder" {
            val file = bench.file("file.txt", "a file")
            bench.sparring(
                "export",
                bench.path("plain"),
                "--to",
                "tensorboard",
                "--out",
                file,
            ) shouldBe
                Outcome(2, "", "--out: '$file' is a file; expected a folder for the event file\n")
        }

        "a folder that cannot be created ends the training in one line that names it" {
            val run = bench.path("blocked").apply { toFile().mkdirs() }
            val blocked = bench.file("blocked/tensorboard", "a file")
            val refused = bench.sparring("train", recipe, "--out", run, "--tensorboard")
            refused.code shouldBe 2
            refused.err.trim().lines().last() shouldStartWith "$blocked: cannot be written: "
            refused.err shouldNotContain "\tat "
            run.resolve("run.json").readText() shouldContain "\"status\" : \"failed\""
        }
    })

private fun files(folder: Path): List<Path> =
    folder.listDirectoryEntries("events.out.tfevents.*").sorted()

private fun bytes(file: Path): List<Byte> = file.toFile().readBytes().toList()

private fun text(file: Path): String = file.readText(Charsets.ISO_8859_1)
