package dev.sparring.cli

import dev.sparring.file.FolderLock
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunHold
import io.kotest.assertions.withClue
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Files
import java.nio.file.StandardCopyOption
import java.util.concurrent.TimeUnit
import kotlin.io.path.exists
import kotlin.io.path.readText

/** One writer of a run at a time, and what happens when its folder or its place is taken away. */
@EnabledIf(NotOnWindows::class)
class RunHoldSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)
        val endless =
            arrayOf("--steps", "1000000", "--set", "output.checkpointsEvery=1") +
                arrayOf("--set", "output.keepCheckpoints=9")

        "a run that another process trains is refused to trainings, and open to readers" {
            val run = bench.path("held")
            val process = startJvm(bench.folder, "train", "$recipe", "--out", "$run", *endless)
            try {
                awaitFile(run.resolve("checkpoints/000002"), process)
                val holder = FolderLock.holder(run).orElseThrow()
                holder.process shouldBe process.pid()
                val line =
                    "$run: is being written to by $holder; wait for it, or name another directory\n"
                for (more in listOf(arrayOf(), arrayOf("--resume"))) {
                    bench.sparring("train", recipe, "--out", run, *more) shouldBe
                        Outcome(2, "", line)
                }
                // Checkpoints come and go all the time.
                repeat(3) {
                    val drawn =
                        bench.sparring("sample", run, "--count", 4, "--out", bench.path("a.png"))
                    withClue(drawn.err) { drawn.code shouldBe 0 }
                }
                bench.sparring("report", run).code shouldBe 0
                run.resolve("report.html").readText() shouldContain "Running now."
            } finally {
                process.destroyForcibly().waitFor()
            }
            bench.sparring("report", run).code shouldBe 0
            run.resolve("report.html").readText() shouldContain
                "Killed: it was running, and its process is gone; it can be resumed."
        }

        "a folder that is moved away ends the training in one line" {
            val run = bench.path("moved")
            val process = startJvm(bench.folder, "train", "$recipe", "--out", "$run", *endless)
            awaitFile(run.resolve("checkpoints/000001"), process)
            Files.move(run, bench.path("elsewhere"), StandardCopyOption.ATOMIC_MOVE)
            process.waitFor(60, TimeUnit.SECONDS) shouldBe true
            process.exitValue() shouldBe 2
            val log = bench.path("log").readText().trim().lines()
            log.last() shouldContain "cannot be written: "
            run.exists() shouldBe false
        }

        "a held run is refused before anything is prepared, and nothing is written" {
            val run = bench.path("own")
            RunHold.of(RunDirectory(run)) {}
                .use {
                    val refused = bench.sparring("train", recipe, "--out", run)
                    refused.code shouldBe 2
                    refused.err.trim().lines().size shouldBe 1
                    refused.err shouldContain "process ${ProcessHandle.current().pid()} on "
                }
            run.toFile().list()!!.toList() shouldBe listOf(FolderLock.FILE)
            bench.sparring("train", recipe, "--out", run).code shouldBe 0
        }

        "a sweep's folder is held as well" {
            val sweep = bench.file("sweep.yaml", "recipe: small.yaml\nseeds: 1")
            val out = bench.path("sweep")
            FolderLock.take(out).use {
                val refused = bench.sparring("sweep", sweep, "--out", out)
                refused.code shouldBe 2
                refused.err shouldContain
                    "$out: is being written to by process ${ProcessHandle.current().pid()} on "
            }
        }

        "a full disk ends the training in one line, and keeps its last whole checkpoint" {
            val disk = bench.path("disk").also { Files.createDirectories(it) }
            if (command("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", "$disk") != 0) {
                println("skipped: no tmpfs can be mounted here")
                return@invoke
            }
            try {
                val run = disk.resolve("run")
                val full =
                    bench.sparring(
                        *arrayOf("train", recipe, "--out", run, "--steps", 400),
                        *arrayOf("--set", "output.checkpointsEvery=2"),
                        *arrayOf("--set", "output.keepCheckpoints=1000"),
                    )
                withClue(full.err) {
                    full.code shouldBe 2
                    full.err.trim().lines().last() shouldContain "No space left on device"
                }
                val kept = RunDirectory(run)
                kept.lastWhole() shouldBe kept.latest()
                val parts = Workbench.contents(run).keys.filter { it.endsWith(".part") }
                parts shouldBe emptyList()
                val drawn =
                    bench.sparring("sample", run, "--count", 4, "--out", bench.path("b.png"))
                withClue(drawn.err) { drawn.code shouldBe 0 }
            } finally {
                command("umount", "$disk") shouldBe 0
            }
        }

        "a place that cannot be written to is one line" {
            val file = bench.file("a-file", "text")
            val under = file.resolve("run")
            val refused = bench.sparring("train", recipe, "--out", under)
            refused.code shouldBe 2
            refused.err.trim().lines().size shouldBe 1
            val run = bench.path("blocked")
            bench.sparring("train", recipe, "--out", run, "--steps", 2).code shouldBe 0
            run.resolve("samples").toFile().deleteRecursively()
            bench.file("blocked/samples", "a file where the folder should be")
            val blocked = bench.sparring("train", recipe, "--out", run, "--resume")
            withClue(blocked.err) {
                blocked.code shouldBe 2
                blocked.err.trim().lines().last() shouldContain "cannot be written: "
            }
            RunDirectory(run).lastWhole().isPresent shouldBe true
        }
    })
