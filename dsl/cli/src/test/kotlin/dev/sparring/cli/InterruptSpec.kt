package dev.sparring.cli

import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.Spec
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.util.concurrent.TimeUnit
import kotlin.io.path.exists
import kotlin.io.path.readText
import kotlin.reflect.KClass

class NotOnWindows : io.kotest.core.annotation.Condition {
    override fun evaluate(kclass: KClass<out Spec>): Boolean =
        !System.getProperty("os.name").startsWith("Windows")
}

@EnabledIf(NotOnWindows::class)
class InterruptSpec :
    FreeSpec({
        "Ctrl-C ends a run after its checkpoint with exit code 130, and it can be resumed" {
            val bench = workbench()
            val recipe = bench.file("small.yaml", Workbench.SMALL)
            val run = bench.path("run")
            val process =
                startJvm(bench.folder, "train", "$recipe", "--out", "$run", "--steps", "1000000")
            awaitFile(run.resolve("metrics.csv"), process)
            signal(process, "INT")
            process.waitFor(60, TimeUnit.SECONDS) shouldBe true
            process.exitValue() shouldBe 130
            run.resolve("run.json").readText() shouldContain "\"status\" : \"stopped\""
            val last = run.resolve("checkpoints").toFile().list()!!.maxOrNull()!!
            run.resolve("checkpoints/$last/state.json").exists() shouldBe true
            bench.path("log").readText() shouldContain
                "\ngo on with: sparring train --resume $recipe --out $run --steps 1000000\n"
            val more = last.toInt() + 2
            bench.sparring("train", recipe, "--out", run, "--steps", more, "--resume").code shouldBe
                0
        }

        "a killed run keeps its last whole checkpoint" {
            val bench = workbench()
            val recipe = bench.file("small.yaml", Workbench.SMALL)
            val run = bench.path("run")
            val every = arrayOf("--set", "output.checkpointsEvery=1")
            val process =
                startJvm(
                    bench.folder,
                    "train",
                    "$recipe",
                    "--out",
                    "$run",
                    "--steps",
                    "1000000",
                    *every,
                )
            awaitFile(run.resolve("checkpoints/000003"), process)
            process.destroyForcibly().waitFor()
            val steps = run.resolve("checkpoints").toFile().list()!!.filter { !it.startsWith(".") }
            val last = steps.maxOf { it.toInt() }
            val resumed =
                bench.sparring("train", recipe, "--out", run, "--steps", last + 2, "--resume")
            resumed.code shouldBe 0
            resumed.err shouldContain "resuming after step $last"
        }

        "neither Ctrl-C nor a kill of a bench leaves a process running" {
            for (signal in listOf("INT", "KILL")) {
                val bench = workbench()
                val recipe = bench.file("small.yaml", Workbench.SMALL)
                val process =
                    startJvm(
                        bench.folder,
                        *arrayOf("bench", "$recipe", "--engine", "torch", "--seconds", "600"),
                    )
                val child =
                    awaited("a child", process) { process.descendants().findFirst().orElse(null) }
                // By then it has read its recipe and is measuring.
                awaited("its work", process) { child.takeIf { cpuSeconds(it) > 3 } }
                signal(process, signal)
                process.waitFor(60, TimeUnit.SECONDS) shouldBe true
                awaited("its end") { child.takeIf { !it.isAlive } }
            }
        }
    })

private fun cpuSeconds(process: ProcessHandle): Long =
    process.info().totalCpuDuration().map { it.toSeconds() }.orElse(0)
