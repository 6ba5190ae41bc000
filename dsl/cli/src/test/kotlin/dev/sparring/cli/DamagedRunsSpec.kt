package dev.sparring.cli

import dev.sparring.run.RunDirectory
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.copyToRecursively
import kotlin.io.path.deleteExisting
import kotlin.io.path.exists
import kotlin.io.path.fileSize
import kotlin.io.path.readBytes
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

/** Damage of every kind in a run's files: named, and gone round where something older is whole. */
class DamagedRunsSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)
        val often =
            listOf("checkpointsEvery=2", "keepCheckpoints=9", "samplesEvery=2").flatMap {
                listOf("--set", "output.$it")
            }

        fun train(run: Path, vararg more: Any) =
            bench.sparring("train", recipe, "--out", run, *often.toTypedArray(), *more)

        val whole = bench.path("whole").also { train(it).code shouldBe 0 }

        @OptIn(ExperimentalPathApi::class)
        fun copy(name: String): Path =
            bench.path(name).also {
                whole.copyToRecursively(it, followLinks = false, overwrite = false)
            }

        fun shouldBeWhole(run: Path) {
            weights(run, "000006") shouldBe weights(whole, "000006")
            run.resolve("metrics.csv").steps() shouldContainExactly (1..6).toList()
            RunDirectory(run).sampleSteps() shouldBe listOf(0L, 2L, 4L, 6L)
            picture(run, 6) shouldBe picture(whole, 6)
        }

        val files = listOf("generator", "discriminator", "training").map { "$it.safetensors" }
        for (file in files + "state.json") {
            "a flipped bit in $file is found, and an older checkpoint taken" {
                val run = copy("flipped-$file")
                val newest = run.resolve("checkpoints/000006")
                flip(newest.resolve(file), newest.resolve(file).fileSize().toInt() / 2)
                if (file != "discriminator.safetensors") {
                    for (command in listOf("sample", "eval", "export")) {
                        val extra = if (command == "export") arrayOf("--to", "onnx") else arrayOf()
                        val refused = bench.sparring(command, run, *extra)
                        refused.code shouldBe 2
                        refused.out shouldBe ""
                        refused.err shouldStartWith "$run: checkpoints/000006 is damaged ($file: "
                        refused.err.trimEnd().lines().size shouldBe 1
                        refused.err.trimEnd() shouldContain
                            "; checkpoints/000004 is whole: --from 4"
                    }
                    val drawn =
                        bench.sparring("sample", run, "--from", 4, "--out", bench.path("x.png"))
                    withClue(drawn.err) { drawn.code shouldBe 0 }
                }
                val refused = train(run, "--resume", "--from", 6)
                refused.code shouldBe 2
                refused.err shouldContain "is whole: --from 4"
                val resumed = train(run, "--resume")
                withClue(resumed.err) { resumed.code shouldBe 0 }
                resumed.err shouldContain "$run: checkpoints/000006 is damaged ($file: "
                resumed.err shouldContain "), going on from 000004\n"
                resumed.err shouldContain
                    "2 rows of metrics, 1 checkpoint, 1 picture after step 4 moved to aside-1"
                run.resolve("aside-1/checkpoints/000006/$file").exists() shouldBe true
                run.resolve("aside-1/metrics.csv").steps() shouldContainExactly (1..6).toList()
                run.resolve("run.json").readText() shouldContain "going on from 000004"
                shouldBeWhole(run)
            }
        }

        "a truncated file, a missing one and an empty folder are damage too" {
            val run = copy("cut")
            val cut = run.resolve("checkpoints/000006/generator.safetensors")
            cut.writeBytes(cut.readBytes().copyOf(100))
            run.resolve("checkpoints/000004/training.safetensors").deleteExisting()
            run.resolve("checkpoints/000002").toFile().listFiles()!!.forEach { it.delete() }
            val resumed = train(run, "--resume")
            withClue(resumed.err) { resumed.code shouldBe 0 }
            resumed.err shouldContain
                "000006 is damaged (generator.safetensors: has 100 bytes, but "
            resumed.err shouldContain "000004 is damaged (training.safetensors: is missing)"
            resumed.err shouldContain "000002 is damaged (state.json: is missing)"
            shouldBeWhole(run)
        }

        "if no checkpoint is whole, all are named and nothing is changed" {
            val run = copy("none")
            for (step in listOf("000000", "000002", "000004", "000006")) {
                flip(run.resolve("checkpoints/$step/generator.safetensors"), 300)
            }
            val before = Workbench.contents(run) - ".lock"
            val refused = train(run, "--resume")
            refused.code shouldBe 2
            refused.err.trim().lines().last() shouldContain "000000 is damaged (generator."
            refused.err shouldContain "; no checkpoint is whole"
            Workbench.contents(run) - ".lock" shouldBe before
        }

        "a weight that is not a number is named, also in runs without sums" {
            val run = copy("not-a-number")
            val newest = run.resolve("checkpoints/000006")
            older(newest)
            val file = newest.resolve("generator.safetensors")
            val bytes = file.readBytes()
            // The last number: all bits of its exponent.
            bytes[bytes.size - 1] = 0x7f
            bytes[bytes.size - 2] = 0xff.toByte()
            file.writeBytes(bytes)
            val refused = bench.sparring("sample", run)
            refused.code shouldBe 2
            refused.err shouldContain Regex("'generator\\.[\\w.]+' has a number that is not finite")
            val resumed = train(run, "--resume")
            withClue(resumed.err) { resumed.code shouldBe 0 }
            resumed.err shouldContain "going on from 000004"
            shouldBeWhole(run)
        }

        "a run of an earlier version, without sums, goes on" {
            val run = copy("older")
            for (step in listOf("000000", "000002", "000004", "000006")) {
                older(run.resolve("checkpoints/$step"))
            }
            val resumed = train(run, "--resume", "--steps", 8)
            withClue(resumed.err) { resumed.code shouldBe 0 }
            run.resolve("aside-1").exists() shouldBe false
            resumed.err shouldNotContain "damaged"
        }

        "updates of other networks are refused" {
            val run = copy("updates")
            val state = run.resolve("checkpoints/000006/state.json")
            older(run.resolve("checkpoints/000006"))
            state.writeText(state.readText().replace("\"discriminator\"", "\"critic\""))
            val refused = bench.sparring("train", recipe, "--out", run, "--resume", "--from", 6)
            refused.code shouldBe 2
            refused.err shouldContain "critic"
        }

        "--from goes on from an older checkpoint, and puts aside what came later" {
            val run = copy("from")
            val resumed = train(run, "--resume", "--from", 2)
            withClue(resumed.err) { resumed.code shouldBe 0 }
            resumed.err shouldContain
                "4 rows of metrics, 2 checkpoints, 2 pictures after step 2 moved to aside-1"
            weights(run.resolve("aside-1"), "000006") shouldBe weights(whole, "000006")
            run.resolve("aside-1/samples/000004.png").exists() shouldBe true
            shouldBeWhole(run)
            val missing = train(run, "--resume", "--from", 3)
            missing.code shouldBe 2
            missing.err.trim().lines().last() shouldBe
                "$run: has no checkpoint of step 3, only of 0, 2, 4, 6"
            train(run, "--from", 2).err shouldContain "--from: goes with --resume"
        }

        "a damaged first line of metrics is kept aside, and the lost rows are counted" {
            val run = copy("header")
            val metrics = run.resolve("metrics.csv")
            val before = metrics.readText().replaceFirst("step,", "stop,")
            metrics.writeText(before)
            bench.sparring("report", run).code shouldBe 2
            val resumed = train(run, "--resume", "--steps", 8)
            withClue(resumed.err) { resumed.code shouldBe 0 }
            resumed.err shouldContain "$metrics: its first line is 'stop,"
            resumed.err shouldContain "6 of 6 rows up to step 6 are gone"
            resumed.err shouldContain "the file as it was is kept in aside-1"
            run.resolve("aside-1/metrics.csv").readText() shouldBe before
            metrics.steps() shouldContainExactly listOf(7, 8)
            run.resolve("run.json").readText() shouldContain "6 of 6 rows up to step 6 are gone"
            bench.sparring("report", run).code shouldBe 0
            run.resolve("report.html").readText() shouldContain "6 of 6 rows up to step 6 are gone"
        }

        "a torn last row is left out of a report, which says so" {
            val run = copy("torn")
            run.resolve("metrics.csv").let { it.writeText(it.readText() + "7,0.5,1.2") }
            val page = bench.sparring("report", run)
            withClue(page.err) { page.code shouldBe 0 }
            run.resolve("report.html").readText() shouldContain "the last row is torn and left out"
        }

        "a damaged line of findings is kept aside" {
            val run = copy("findings")
            val findings = run.resolve("findings.txt")
            findings.writeText("step 1: a\nste\u0000 2: b\nstep 3: c\n")
            val resumed = train(run, "--resume", "--steps", 8)
            resumed.err shouldContain "$findings: 1 damaged line left out"
            findings.readLines().take(2) shouldBe listOf("step 1: a", "step 3: c")
            run.resolve("aside-1/findings.txt").readLines().size shouldBe 3
        }

        "a picture that a kill prevented is drawn on resume, and parts are removed" {
            val run = copy("picture")
            run.resolve("samples/000006.png").deleteExisting()
            val part = run.resolve("samples/.000006.png.123.part").apply { writeText("half") }
            val resumed = train(run, "--resume", "--steps", 7)
            withClue(resumed.err) { resumed.code shouldBe 0 }
            picture(run, 6) shouldBe picture(whole, 6)
            part.exists() shouldBe false
        }

        "a damaged run.json is named with a verb that fits" {
            val run = copy("provenance")
            run.resolve("run.json").writeText("{ \"name\": ")
            val refused = train(run, "--resume")
            refused.code shouldBe 2
            refused.err shouldNotContain "cannot be written"
        }

        "the best checkpoint by a column stays" {
            val run = bench.path("best")
            val lines = whole.resolve("metrics.csv").readLines()
            val column = lines[0].split(",").indexOf("loss_g")
            val losses = listOf(2, 4, 6).associateWith { lines[it].split(",")[column].toDouble() }
            for ((order, best) in
                listOf(
                    "lowest" to losses.minBy { it.value }.key,
                    "highest" to losses.maxBy { it.value }.key,
                )) {
                val own = run.resolveSibling("best-$order")
                val settings =
                    listOf("keepCheckpoints=1", "keepBest={by: loss_g, order: $order}").flatMap {
                        listOf("--set", "output.$it")
                    }
                val first = train(own, *settings.toTypedArray(), "--steps", 4)
                withClue(first.err) { first.code shouldBe 0 }
                // A resumed run knows the figures of before.
                val done = train(own, *settings.toTypedArray(), "--resume")
                withClue(done.err) { done.code shouldBe 0 }
                RunDirectory(own).checkpointSteps() shouldBe listOf(best.toLong(), 6L).distinct()
                own.resolve("run.json").readText() shouldContain "\"by\" : \"loss_g\""
            }
            val unknown = train(run, "--set", "output.keepBest={by: fid}")
            unknown.code shouldBe 2
            unknown.err.trim().lines().last() shouldStartWith
                "output.keepBest.by: metrics will have no column 'fid', only loss_d, loss_g"
            run.resolve("run.json").exists() shouldBe false
        }
    })

private fun flip(file: Path, place: Int) {
    val bytes = file.readBytes()
    bytes[place] = (bytes[place].toInt() xor 1).toByte()
    file.writeBytes(bytes)
}

/** Takes the sums out of a checkpoint's state, as earlier versions wrote it. */
private fun older(checkpoint: Path) {
    val state = checkpoint.resolve("state.json")
    val text = state.readText()
    state.writeText(text.substring(0, text.indexOf("\"files\"")).trimEnd().trimEnd(',') + "\n}\n")
}

private fun Path.steps() = readLines().drop(1).map { it.substringBefore(',').toInt() }

private fun picture(run: Path, step: Int) =
    run.resolve("samples/%06d.png".format(step)).readBytes().toList()

private fun weights(run: Path, step: String): Map<String, List<Byte>> =
    (Workbench.contents(run.resolve("checkpoints/$step")) - "state.json").also {
        it.size shouldNotBe 0
    }
