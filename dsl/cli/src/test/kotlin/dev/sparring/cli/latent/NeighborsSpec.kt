package dev.sparring.cli.latent

import dev.sparring.cli.Outcome
import dev.sparring.cli.Workbench
import dev.sparring.cli.workbench
import dev.sparring.data.DataSet
import dev.sparring.data.Digits
import dev.sparring.data.Npy
import dev.sparring.image.Png
import dev.sparring.random.Seed
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.shouldBeBetween
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import java.awt.image.BufferedImage
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.deleteExisting
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.math.sqrt
import kotlin.random.Random
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** What `neighbors` finds. */
class NeighborsSpec :
    FreeSpec({
        val bench = workbench()
        val digits = bench.path("digits")
        val images = bench.path("images")
        val held = bench.path("held")
        fun done(vararg args: Any): Outcome =
            bench.sparring(*args).also { withClue(it.err) { it.code shouldBe 0 } }
        fun refused(line: String, vararg args: Any) {
            bench.sparring(*args) shouldBe Outcome(2, "", line + "\n")
        }
        fun folder(path: Path, seed: Int) {
            Files.createDirectories(path)
            val random = Random(seed)
            repeat(30) { i ->
                val image = BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB)
                for (p in 0 until 64) image.setRGB(p % 8, p / 8, random.nextInt(256) * 0x10101)
                Png.write(image, path.resolve("$i.png"))
            }
        }
        val run = bench.path("run")

        beforeSpec {
            done(
                *arrayOf("train", bench.file("small.yaml", Workbench.SMALL), "--out", digits),
                *arrayOf<Any>("--steps", 2),
            )
            folder(images, 1)
            folder(held, 2)
            val recipe =
                bench.file(
                    "folder.yaml",
                    Workbench.SMALL.replace(
                        "data: digits",
                        "data: { type: imageFolder, folder: $images, channels: 1, size: 8 }",
                    ),
                )
            done("train", recipe, "--out", run, "--steps", 2)
        }

        "without held-out samples there are neighbours, and a line that says what is missing" {
            val (csv, png) = listOf("n.csv", "n.png").map(bench::path)
            val said =
                done(
                    *arrayOf("neighbors", digits, "--count", 20, "--neighbors", 3, "--show", 4),
                    *arrayOf("--out", csv, "--out", png),
                )
            said.err shouldContain
                "no held-out samples, neither evaluate.data in the recipe nor --held-out: " +
                    "distances are to the 1797 training samples only, and cannot say whether " +
                    "they are memorized"
            said.out.lines()[0] shouldContain "nearest_train (pixels)  "
            said.out shouldNotContain "nearest_ratio"
            val rows = csv.readLines()
            rows[0] shouldBe "sample,set,rank,index,name,distance"
            rows shouldHaveSize 1 + 20 * 3
            // Four rows of a sample, a gap and three neighbours.
            val picture = ImageIO.read(png.toFile())
            (picture.width to picture.height) shouldBe
                (5 * (15 * 8 + 2) + 2 to 4 * (15 * 8 + 2) + 2)
        }

        "held-out samples are compared, and the figures are kept with the run" {
            val csv = bench.path("h.csv")
            val said =
                done(
                    *arrayOf("neighbors", run, "--count", 40, "--out", csv),
                    *arrayOf(
                        "--held-out",
                        "{ type: imageFolder, folder: $held, channels: 1, size: 8 }",
                    ),
                )
            said.out.lines().take(4).map { it.substringBefore("  ") } shouldContainExactly
                listOf("nearest_train", "nearest_held_out", "nearest_ratio", "nearest_share").map {
                    "$it (pixels)"
                }
            said.err shouldContain "40 generated samples, 30 training and 30 held-out ones"
            csv.readLines().count { ",held-out," in it } shouldBe 40
            val file = run.resolve("evaluations/000002.neighbors.json")
            val metric =
                Json.parseToJsonElement(file.readText())
                    .jsonObject
                    .getValue("metrics")
                    .jsonArray[0]
                    .jsonObject
            val ratio =
                metric.getValue("figures").jsonObject.getValue("nearest_ratio").jsonPrimitive.double
            // Both folders are noise of one distribution.
            ratio.shouldBeBetween(0.9, 1.1, 0.0)
            metric
                .getValue("intervals")
                .jsonObject
                .getValue("nearest_ratio")
                .jsonArray shouldHaveSize 2
            val report = bench.path("report.html")
            done("report", run, "--out", report)
            report.readText() shouldContain "nearest_ratio"
        }

        "a conditional generator is compared by class, or all classes in turn" {
            val classes = bench.path("classes")
            done(
                *arrayOf("train", bench.file("classes.yaml", CLASSES), "--out", classes),
                *arrayOf<Any>("--steps", 2),
            )
            val train = Digits.digits().open(Seed(0)) {}
            val heldOut = "{ type: imageFolder, folder: $held, channels: 1, size: 8 }"
            for (label in listOf(null, 7)) {
                val ofClass = label?.let { listOf("--class", "$it") }.orEmpty()
                val (csv, npy) = listOf("c$label.csv", "c$label.npy").map(bench::path)
                val drawn = (listOf("--seed", "5", "--count", "12") + ofClass).toTypedArray()
                val said =
                    done(
                        *arrayOf<Any>("neighbors", classes, *drawn, "--neighbors", 2),
                        *arrayOf<Any>("--out", csv),
                        *arrayOf("--held-out", heldOut),
                    )
                said.out.lines()[2] shouldContain "nearest_ratio (pixels)"
                done(*arrayOf<Any>("sample", classes, *drawn, "--out", npy))
                val made = Npy.npy("$npy").open(Seed(0)) {}
                val rows = csv.readLines().drop(1).map { it.split(',') }
                rows shouldHaveSize 12 * 3
                repeat(12) { sample ->
                    // Looked for without the library: the nearest of all digits.
                    val all = List(train.size()) { distance(made, sample, train, it) }
                    val best = all.withIndex().minBy { it.value }
                    val row = rows.first { it[0] == "$sample" && it[1] == "train" }
                    withClue("class $label, sample $sample") {
                        row[3].toInt() shouldBe best.index
                        row[5].toDouble().shouldBeBetween(best.value - 1e-5, best.value + 1e-5, 0.0)
                    }
                }
                val file = classes.resolve("evaluations/000002.neighbors.json")
                Files.exists(file) shouldBe (label == null)
                if (label == null) file.deleteExisting()
                else said.err shouldContain "no evaluation file: samples of a class"
            }
            refused(
                "--class must be 0 to 9, got 10",
                "neighbors",
                classes,
                "--class",
                10,
                "--quiet",
            )
        }

        "what cannot be compared is refused in one line" {
            refused("--count must be 2 to 10000, got 1", "neighbors", digits, "--count", 1)
            refused("--neighbors must be 1 to 50, got 0", "neighbors", digits, "--neighbors", 0)
            refused("--show must be 1 to 100, got 0", "neighbors", digits, "--show", 0)
            refused(
                "--show: goes with a picture, a .png",
                *arrayOf("neighbors", digits, "--show", 3, "--out", bench.path("only.csv")),
            )
            refused(
                "--held-out: is the training data; expected samples that the run was not " +
                    "trained on",
                *arrayOf("neighbors", digits, "--held-out", "digits"),
            )
            refused(
                "--class: the generator of $digits knows no classes",
                *arrayOf("neighbors", digits, "--class", 1, "--quiet"),
            )
            refused(
                "--held-out: has samples of (1, 9, 9), the training data has (1, 8, 8)",
                *arrayOf("neighbors", digits, "--held-out", "{ type: digits, size: 9 }"),
            )
            val wrong = bench.sparring("neighbors", digits, "--held-out", "nothing")
            wrong.code shouldBe 2
            wrong.err.trim().lines() shouldHaveSize 1
            wrong.err shouldContain "--held-out: unknown data 'nothing'"
            val nowhere = bench.path("nowhere")
            refused(
                "$nowhere: no run here; expected a run directory with a recipe.yaml",
                *arrayOf("neighbors", nowhere),
            )
        }

        "data that is gone is said in one line" {
            images.listDirectoryEntries().forEach { it.deleteExisting() }
            val said = bench.sparring("neighbors", run)
            said.code shouldBe 2
            said.err.trim().lines() shouldHaveSize 1
            said.err shouldContain "$images"
        }
    })

private const val CLASSES =
    """
    name: classes
    data: digits
    generator:
      latent: 2
      layers:
        - concatLabels
        - { type: dense, units: 64 }
        - { type: reshape, shape: [1, 8, 8] }
        - tanh
    discriminator: { layers: [flatten, concatLabels, { type: dense, units: 1 }] }
    train: { steps: 6, batch: 8 }
    output: { sampleCount: 20 }
    """

private fun distance(made: DataSet, sample: Int, train: DataSet, number: Int): Double {
    val (a, b) = List(2) { FloatArray(64) }
    made.read(sample, a, 0)
    train.read(number, b, 0)
    return sqrt(a.indices.sumOf { (a[it].toDouble() - b[it]).let { d -> d * d } })
}
