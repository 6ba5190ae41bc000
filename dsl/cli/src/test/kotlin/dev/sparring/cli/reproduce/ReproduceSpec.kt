package dev.sparring.cli.reproduce

import dev.sparring.cli.Workbench
import dev.sparring.cli.workbench
import dev.sparring.image.Png
import dev.sparring.run.RunDirectory
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.appendText
import kotlin.io.path.copyToRecursively
import kotlin.io.path.exists
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

private val EVERY = arrayOf("--set", "output.checkpointsEvery=2", "--set", "output.samplesEvery=3")

class ReproduceSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)
        val run = bench.path("run")
        val again = bench.path("again")

        @OptIn(ExperimentalPathApi::class)
        fun copy(name: String): Path =
            bench.path(name).also {
                run.copyToRecursively(it, followLinks = false, overwrite = false)
            }

        fun compare(other: Path, last: Long = Long.MAX_VALUE) =
            RunComparison(RunDirectory(other), RunDirectory(again), strict = true, last = last)

        fun first(other: Path) = compare(other).differences.firstOrNull()?.text

        "a fresh run comes out equal" {
            val trained = bench.sparring("train", recipe, "--out", run, *EVERY)
            withClue(trained.err) { trained.code shouldBe 0 }
            val outcome = bench.sparring("reproduce", run, "--out", again)
            withClue(outcome.err + outcome.out) { outcome.code shouldBe 0 }
            outcome.out shouldStartWith "equal: 6 rows of "
            outcome.out shouldContain "2 checkpoints of "
            outcome.out shouldContain "3 pictures, 0 findings"
            outcome.out shouldContain "nothing that is recorded differs between the two trainings"
            val facts = run.resolve("run.json").readText()
            for (fact in listOf("threads", "processor", "OpenBLAS kernels", "ATen kernels")) {
                facts shouldContain "\"$fact\" : "
            }
            facts shouldContain "\"portable\" : false"
        }

        "other threads and what comes of them are named, and the exit code is 4" {
            val other = copy("threads")
            val json = other.resolve("run.json")
            json.writeText(
                json
                    .readText()
                    .replace(Regex("\"processor\" : \".*\""), "\"processor\" : \"abacus\"")
            )
            other.resolve("metrics.csv").appendText("7,0.1")
            val outcome = bench.sparring("reproduce", other, "--threads", 2)
            withClue(outcome.err) { outcome.code shouldBe 4 }
            outcome.out shouldStartWith "differs from step 1 on:"
            outcome.out shouldContain "  figure: metrics.csv, step 1: "
            outcome.out shouldContain "  tensor: checkpoints/000004/"
            outcome.out shouldContain "between the two trainings differ:"
            outcome.out shouldContain "  processor: abacus, now "
            outcome.out shouldContain "  threads: 1, now 2"
        }

        "a changed figure is named with its step, column and both values" {
            val other = copy("figure")
            val file = other.resolve("metrics.csv")
            val lines = file.readText().lines().toMutableList()
            val cells = lines[4].split(",").toMutableList()
            val was = cells[3]
            cells[3] = "0.125"
            lines[4] = cells.joinToString(",")
            file.writeText(lines.joinToString("\n"))
            first(other) shouldBe "metrics.csv, step 4: loss_g is 0.125, now $was"
            // Seconds are no figure of the run.
            cells[3] = was
            cells[1] = "77.000"
            lines[4] = cells.joinToString(",")
            file.writeText(lines.joinToString("\n"))
            first(other) shouldBe null
        }

        "a changed weight is named with its tensor, place and both values" {
            val other = copy("number")
            changeWeight(other.resolve("checkpoints/000004/discriminator.safetensors"))
            val text = first(other).toString()
            text shouldContain
                Regex(
                    "checkpoints/000004/discriminator\\.safetensors, '\\S+', 1 of \\d+ numbers; " +
                        "the first, number 0 from 0, is \\S+, now \\S+"
                )
        }

        "a changed pixel is named with its place and both colours" {
            val other = copy("pixel")
            val picture = other.resolve("samples/000003.png")
            val image = ImageIO.read(picture.toFile())
            val was = image.getRGB(5, 7) and 0xffffff
            image.setRGB(5, 7, was xor 0xffffff)
            Png.write(image, picture)
            first(other).toString() shouldContain
                Regex("samples/000003\\.png, pixel \\(5, 7\\): is #[0-9a-f]{6}, now #[0-9a-f]{6}")
        }

        "missing and additional rows, checkpoints and pictures are named" {
            val rows = copy("rows")
            val file = rows.resolve("metrics.csv")
            file.writeText(
                file.readText().lines().filter { !it.startsWith("3,") }.joinToString("\n")
            )
            first(rows) shouldBe "metrics.csv, step 3: has a row in the repetition only"
            val more = copy("more")
            more.resolve("samples/000001.png").writeBytes(byteArrayOf(1))
            first(more) shouldBe "samples/000001.png: is in the run only"
            val findings = copy("findings")
            findings.resolve("findings.txt").writeText("step 2: D has won\n")
            first(findings) shouldBe "findings.txt, line 1: is 'step 2: D has won', now missing"
        }

        "the earliest step comes first, and later steps than the run has kept do not count" {
            val other = copy("order")
            changeWeight(other.resolve("checkpoints/000006/generator.safetensors"))
            changeWeight(other.resolve("checkpoints/000004/generator.safetensors"))
            compare(other).differences.map { it.step } shouldBe listOf(4)
            compare(other, last = 3).differences shouldBe emptyList()
        }

        "a run that was stopped and resumed with another length is trained in the same parts" {
            val stopped = bench.path("stopped")
            val schedule = arrayOf("--set", "optimizer.generator.schedule={ type: linear }", *EVERY)
            fun train(vararg more: Any) =
                bench.sparring("train", recipe, "--out", stopped, *schedule, *more)
            train("--steps", 4, "--stop-after", 3).code shouldBe 0
            stopped.resolve("run.json").readText() shouldContain "\"status\" : \"stopped\""
            val resumed = train("--steps", 8, "--resume")
            withClue(resumed.err) { resumed.code shouldBe 0 }
            resumed.err shouldNotContain "goes on otherwise"
            val outcome = bench.sparring("reproduce", stopped)
            withClue(outcome.err + outcome.out) { outcome.code shouldBe 0 }
            outcome.out shouldStartWith "equal: 8 rows of "
        }

        "first weights out of a file are asked for, and checked" {
            val weights = run.resolve("checkpoints/000004/generator.safetensors")
            val begun = bench.path("begun")
            val options = arrayOf("--out", begun, "--init", weights, "--steps", 1)
            val trained = bench.sparring("train", recipe, *options)
            withClue(trained.err) { trained.code shouldBe 0 }
            val missing = bench.sparring("reproduce", begun)
            missing.code shouldBe 2
            missing.err shouldContain "add --init generator.safetensors"
            val wrong = run.resolve("checkpoints/000006/generator.safetensors")
            val other = bench.sparring("reproduce", begun, "--init", wrong)
            other.code shouldBe 2
            other.err shouldContain "the run began with "
            val needless = bench.sparring("reproduce", run, "--init", weights)
            needless.err.trim() shouldBe "--init: the run did not begin with weights out of a file"
        }

        "what cannot be trained again is refused in one line" {
            val changed = copy("changed")
            changed.resolve("recipe.yaml").appendText("# changed\n")
            val edited = bench.sparring("reproduce", changed)
            edited.code shouldBe 2
            edited.err shouldContain "recipe.yaml: was changed after the training"
            val bare = copy("bare")
            bare.resolve("run.json").toFile().delete()
            bench.sparring("reproduce", bare).err.trim() shouldBe
                "$bare/run.json: no such file; without it nothing says what ran"
            val damaged = copy("damaged")
            damaged.resolve("run.json").writeText("{")
            bench.sparring("reproduce", damaged).err shouldContain "run.json: is damaged: "
            val flipped = copy("flipped")
            val weights = flipped.resolve("checkpoints/000004/generator.safetensors")
            val bytes = weights.readBytes()
            bytes[bytes.size - 3] = (bytes[bytes.size - 3].toInt() xor 1).toByte()
            weights.writeBytes(bytes)
            val bit = bench.sparring("reproduce", flipped)
            bit.code shouldBe 2
            bit.err shouldContain "checkpoints/000004: is damaged (generator.safetensors: "
            bit.err shouldNotContain "step 1"
            bench.sparring("reproduce", run, "--out", run).err shouldContain "has a run already"
            bench.sparring("reproduce", run, "--threads", 0).err.trim() shouldBe
                "sparring: Invalid value for option '--threads': must be 1 to 9999, got '0'; see: " +
                    "sparring reproduce --help"
            bench.sparring("reproduce", bench.path("none")).code shouldBe 2
        }

        "other data than the run's are refused before the first step" {
            val other = bench.path("other")
            val options = arrayOf("--out", other, "--data-sha256", "abc")
            val refused = bench.sparring("train", recipe, *options)
            refused.code shouldBe 2
            refused.err shouldContain "the data is not the run's: it has SHA-256 "
            other.exists() shouldBe false
        }

        "a resume under other circumstances says so and records it" {
            val other = bench.path("elsewhere")
            bench.sparring("train", recipe, "--out", other, "--steps", 2).code shouldBe 0
            val json = other.resolve("run.json")
            json.writeText(
                json
                    .readText()
                    .replace("\"threads\" : \"1\"", "\"threads\" : \"7\"")
                    .replace(Regex("\"sparring\" : \".*\""), "\"sparring\" : \"0.0.1\"")
            )
            val resumed = bench.sparring("train", recipe, "--out", other, "--steps", 3, "--resume")
            withClue(resumed.err) { resumed.code shouldBe 0 }
            resumed.err shouldContain "its bits may differ from those of a run in one piece: "
            resumed.err shouldContain "sparring: 0.0.1, now "
            resumed.err shouldContain "threads: 7, now 1"
            json.readText() shouldContain "\"threads: 7, now 1\""
            // The last part's circumstances count, not those of the beginning.
            val more = bench.sparring("train", recipe, "--out", other, "--steps", 4, "--resume")
            more.err shouldNotContain "its bits may differ"
        }

        "a run of an earlier version, which recorded no such facts, resumes without a word" {
            val older = bench.path("older")
            bench.sparring("train", recipe, "--out", older, "--steps", 2).code shouldBe 0
            val json = older.resolve("run.json")
            val text = json.readText().replace(Regex(",\\s*\"native\" : \\{[^}]*}"), "")
            json.writeText(text.replace(Regex("\"portable\" : false,\\s*"), ""))
            json.readText() shouldNotContain "threads"
            val resumed = bench.sparring("train", recipe, "--out", older, "--steps", 3, "--resume")
            withClue(resumed.err) { resumed.code shouldBe 0 }
            resumed.err shouldNotContain "its bits may differ"
        }
    })

/** Changes the first number of the file's first tensor. */
private fun changeWeight(file: Path) {
    val bytes = file.readBytes()
    val buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)
    val start = (Long.SIZE_BYTES + buffer.getLong(0)).toInt()
    buffer.putFloat(start, buffer.getFloat(start) + 0.5f)
    file.writeBytes(bytes)
}
