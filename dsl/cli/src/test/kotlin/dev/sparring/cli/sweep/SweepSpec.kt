package dev.sparring.cli.sweep

import dev.sparring.cli.NotOnWindows
import dev.sparring.cli.Outcome
import dev.sparring.cli.awaited
import dev.sparring.cli.signal
import dev.sparring.cli.startJvm
import dev.sparring.cli.workbench
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeText

@EnabledIf(NotOnWindows::class)
class SweepSpec :
    FreeSpec({
        "a sweep trains, writes tables, can be resumed, and repeats its table exactly" {
            val bench = workbench()
            bench.file("tiny.yaml", TINY)
            val sweep = bench.file("sweep.yaml", SWEEP)
            val out = bench.path("out")
            val first = bench.sparring("sweep", sweep, "--out", out, "--jobs", 2)
            first.code shouldBe 0
            first.err shouldContain "[2/4] none, seed 2: training tiny with seed 2 on libtorch"
            val runs = out.resolve("runs.csv").readLines()
            runs[0] shouldStartWith
                "cell,discriminator.norm,seed,status,step,retries,loss_d,run.weights,run.data,"
            runs.size shouldBe 5
            runs[1] shouldStartWith "norm=none,none,1,completed,4,"
            // Divergence is a result: counted, kept and not repeated.
            runs.drop(3).map { it.split(",").take(4).joinToString(",") } shouldContainExactly
                listOf("norm=wild,wild,1,diverged", "norm=wild,wild,2,diverged")
            val table = out.resolve("table.csv").readText()
            table.lines().map { it.split(",").take(4).joinToString(",") }.take(3) shouldBe
                listOf(
                    "cell,discriminator.norm,n,failures",
                    "norm=none,none,2,0",
                    "norm=wild,wild,0,2",
                )
            first.out.lines()[1] shouldStartWith "none "

            val page = out.resolve("report.html")
            bench.sparring("report", out) shouldBe Outcome(0, "$page\n", "")
            page.readText() shouldContain "4 runs of 2 cells: 2 completed, 2 diverged."

            val again = bench.sparring("sweep", sweep, "--out", out)
            again shouldBe Outcome(0, first.out, "4 of 4 runs are finished\n")
            out.resolve("table.csv").readText() shouldBe table

            // A run of a sweep is an ordinary run.
            val run = out.resolve("norm=none/seed-2")
            bench.sparring("sample", run, "--out", bench.path("s.png")).code shouldBe 0

            // An interrupted run is resumed; the others stay as they are.
            val provenance = run.resolve("run.json")
            val whole = provenance.readText()
            provenance.writeText(whole.replace("\"completed\"", "\"stopped\""))
            val resumed = bench.sparring("sweep", sweep, "--out", out)
            resumed.code shouldBe 0
            resumed.out shouldBe first.out
            resumed.err shouldStartWith "3 of 4 runs are finished\n[2/4] none, seed 2: "
            provenance.readText() shouldContain "\"resumed\""

            bench
                .sparring("sweep", sweep, "--out", out, "--dry-run", "--engine", "nd4j")
                .err shouldBe
                "${out.resolve("norm=none/seed-1")}: the run was begun on torch, cpu, the sweep " +
                    "now asks for nd4j, cpu; another engine needs another --out\n"
            bench.sparring("sweep", sweep, "--out", out, "--set", "train.batch=9") shouldBe
                Outcome(
                    2,
                    "",
                    "${out.resolve("norm=none/seed-1")}: the run was begun with " +
                        "'batch: 8', the sweep now has 'batch: 9'; " +
                        "a changed sweep needs another --out\n",
                )
        }

        "a killed sweep leaves no process and loses no work, and Ctrl-C waits for checkpoints" {
            val bench = workbench()
            bench.file("tiny.yaml", TINY)
            val sweep =
                bench.file(
                    "long.yaml",
                    """
                    recipe: tiny.yaml
                    axes: { train.steps: { long: 4000, short: 4 } }
                    seeds: 1
                    """,
                )
            val out = bench.path("out")
            val run = out.resolve("steps=long/seed-1")
            val long = arrayOf("sweep", "$sweep", "--out", "$out")
            var before = 0
            for (signal in listOf("KILL", "INT")) {
                val parent = startJvm(bench.folder, *long)
                val child =
                    awaited("a child", parent) { parent.descendants().findFirst().orElse(null) }
                awaited("rows", parent) { rows(run).takeIf { it > before } }
                signal(parent, signal)
                parent.waitFor(60, TimeUnit.SECONDS) shouldBe true
                if (signal == "INT") {
                    parent.exitValue() shouldBe 130
                    child.isAlive shouldBe false
                }
                awaited("its end") { child.takeIf { !it.isAlive } }
                run.resolve("run.json").readText() shouldContain "\"status\" : \"stopped\""
                before = rows(run)
                out.resolve("table.csv").exists() shouldBe false
            }
            bench.path("log").readText() shouldContain "[1/2] long, seed 1: resuming after step "
            bench.path("log").readLines().last() shouldBe
                "stopped; go on with: sparring ${long.joinToString(" ")}"
            val short = bench.sparring(*long, "--dry-run")
            short.out.lines().map { it.substringBefore(",${out}") } shouldContainExactly
                listOf(
                    "[1/2] long, seed 1: to be resumed, $run",
                    "[2/2] short, seed 1: to be run, ${out.resolve("steps=short/seed-1")}",
                    "",
                )
            val done = bench.sparring(*long)
            done.code shouldBe 0
            rows(run) shouldBeGreaterThan before
            out.resolve("runs.csv").readLines().drop(1).map {
                it.split(",").take(5).joinToString(",")
            } shouldContainExactly
                listOf("steps=long,long,1,completed,4000", "steps=short,short,1,completed,4")
        }

        "a failure is reported in one line, and the rest continues" {
            val bench = workbench()
            bench.file("tiny.yaml", TINY)
            val sweep = bench.file("sweep.yaml", "recipe: tiny.yaml\nseeds: 2")
            val out = bench.path("out")
            out.resolve("base").createDirectories()
            out.resolve("base/seed-1").writeText("in the way")
            val done = bench.sparring("sweep", sweep, "--out", out)
            done.code shouldBe 2
            done.err shouldContain "[1/2] base, seed 1: exit code "
            out.resolve("runs.csv").readLines().map { it.split(",")[2] } shouldContainExactly
                listOf("status", "failed", "completed")
            out.resolve("table.csv").readLines()[1] shouldStartWith "base,1,1,"
        }

        "an impossible measurement is found before the first run" {
            val bench = workbench()
            val sweep =
                bench.file(
                    "sweep.yaml",
                    """
                    recipe:
                      data: { type: noise, channels: 1, height: 8, width: 8 }
                      generator:
                        latent: 2
                        layers: [{ type: dense, units: 64 }, { type: reshape, shape: [1, 8, 8] }]
                      discriminator: { layers: [flatten, { type: dense, units: 1 }] }
                      evaluate: {}
                    axes:
                      evaluate.extractor:
                        pixels: pixels
                        missing: { type: network, file: none.onnx, preprocessing: unit }
                    seeds: 2
                    """,
                )
            val out = bench.path("out")
            bench.sparring("sweep", sweep, "--out", out) shouldBe
                Outcome(
                    2,
                    "",
                    "none.onnx: no such file; expected a network as ONNX or TorchScript\n",
                )
            val labels = arrayOf("--set", "evaluate.extractor=classifier")
            val plain = bench.file("plain.yaml", sweep.readText().replace(AXES, "\nseeds"))
            bench.sparring("sweep", plain, "--out", out, *labels) shouldBe
                Outcome(
                    2,
                    "",
                    "evaluate: data 'noise' has no labels; the extractor classifier needs some: " +
                        "use pixels or a file\n",
                )
            out.resolve("base").exists() shouldBe false
        }

        "two sweeps do not work in one folder" {
            val bench = workbench()
            bench.file("tiny.yaml", TINY)
            val sweep = bench.file("sweep.yaml", "recipe: tiny.yaml\nseeds: 1")
            val out = bench.path("out").createDirectories()
            java.io.RandomAccessFile(out.resolve(".lock").toFile(), "rw").use { file ->
                file.channel.lock().use {
                    bench.sparring("sweep", sweep, "--out", out) shouldBe
                        Outcome(
                            2,
                            "",
                            "$out: is being written to by another process; " +
                                "a sweep is at work there already\n",
                        )
                }
            }
        }

        "bad input is one line and exit code 2, before anything runs" -
            {
                val bench = workbench()
                bench.file("tiny.yaml", TINY)
                val sweep = bench.file("sweep.yaml", SWEEP)
                val axis =
                    bench.file(
                        "axis.yaml",
                        SWEEP.replace("discriminator.norm:", "discriminator.nrom:"),
                    )
                listOf(
                        listOf("$sweep", "--jobs", "0") to "--jobs must be 1 to 256, got 0",
                        listOf("$sweep", "--engine", "abacus") to
                            "--engine: no engine 'abacus' on the class path; there is nd4j, torch",
                        listOf("$sweep", "--device", "tpu") to
                            "--device: unknown device 'tpu': expected cpu, cuda or cuda:INDEX",
                        listOf("none.yaml") to "none.yaml: there is no such file",
                        listOf("$axis") to
                            "$axis:3:3: discriminator.nrom: unknown setting, did you mean " +
                                "'norm'? discriminator has packing, pool, output, init, biasInit, initByKind, fans, norm, layers",
                        listOf("$sweep", "--set", "train.stepz=1") to
                            "--set train.stepz=1: train.stepz: unknown setting, did you mean " +
                                "'steps'? train has steps, batch, seed, seeds, discriminatorSteps, " +
                                "generatorSteps, order, generatorBatch, reuseNoise, accumulate, shuffle, precision, portable, schedules",
                    )
                    .forEach { (args, message) ->
                        "sparring sweep ${args.joinToString(" ")}" {
                            val out = bench.path("none")
                            bench.sparring("sweep", *args.toTypedArray(), "--out", out) shouldBe
                                Outcome(2, "", "$message\n")
                            out.exists() shouldBe false
                        }
                    }
            }
    })

private val AXES = Regex("\naxes:[\\s\\S]*\nseeds")

/** A recipe that trains in a moment. */
internal val TINY =
    """
    name: tiny
    data: ring
    generator: { latent: 2, layers: [{ type: dense, units: 2 }] }
    discriminator: { layers: [{ type: dense, units: 1 }] }
    loss: leastSquares
    train: { steps: 4, batch: 8 }
    output: { checkpointsEvery: 100000, samplesEvery: 100000 }
    """

private val SWEEP =
    """
    recipe: tiny.yaml
    axes:
      discriminator.norm: { none: none, wild: { type: bssn, scale: 1.0e+30 } }
    seeds: 2
    measure: loss_d
    """

private fun rows(run: Path): Int =
    run.resolve("metrics.csv").takeIf { it.exists() }?.readLines()?.size ?: 0
