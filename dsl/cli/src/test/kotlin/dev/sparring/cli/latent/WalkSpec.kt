package dev.sparring.cli.latent

import dev.sparring.cli.Outcome
import dev.sparring.cli.Workbench
import dev.sparring.cli.workbench
import dev.sparring.data.Npy
import dev.sparring.random.Seed
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.readText
import kotlin.math.abs
import kotlin.math.sqrt
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** What `walk` and `directions` write, and what they refuse. */
class WalkSpec :
    FreeSpec({
        val bench = workbench()
        val run = bench.path("run")
        val points = bench.path("points")
        val classes = bench.path("classes")
        fun trained(name: String, text: String, into: Path) {
            val recipe = bench.file(name, text)
            val done = bench.sparring("train", recipe, "--out", into, "--steps", 2)
            withClue(done.err) { done.code shouldBe 0 }
        }
        fun done(vararg args: Any): Outcome =
            bench.sparring(*args).also { withClue(it.err) { it.code shouldBe 0 } }
        fun refused(line: String, vararg args: Any) {
            bench.sparring(*args) shouldBe Outcome(2, "", line + "\n")
        }
        fun array(file: Path): List<FloatArray> {
            val data = Npy.npy("$file").open(Seed(0)) {}
            val size = data.sampleShape().elements()
            return List(data.size()) { i -> FloatArray(size).also { data.read(i, it, 0) } }
        }
        fun sampled(seed: Any, vararg more: Any): List<FloatArray> {
            val file = bench.path("sampled.npy")
            done("sample", run, "--seed", seed, "--count", 4, "--out", file, *more)
            return array(file)
        }

        beforeSpec {
            trained("small.yaml", Workbench.SMALL, run)
            trained("points.yaml", POINTS, points)
            trained("classes.yaml", CLASSES, classes)
        }

        "a walk begins and ends with the samples that `sample` draws" {
            val file = bench.path("walk.npy")
            val said = done("walk", run, "--from", "7:2", "--to", "9", "--to", ":3", "--out", file)
            said.out shouldBe "$file\n"
            said.err.trim().lines() shouldHaveSize 2
            said.err.lines()[0] shouldMatch "7:2 to 9:0: slerp, angle [0-9.]+ degrees, lengths .*"
            said.err.lines()[1] shouldContain "9:0 to 42:3: slerp"
            val walk = array(file)
            walk.size shouldBe 2 * 9
            close(walk[0], sampled(7)[2])
            close(walk[8], sampled(9)[0])
            close(walk[9], sampled(9)[0])
            close(walk[17], sampled(42)[3])
        }

        "a walk is drawn in rows, and animated there and back" {
            val (grid, long, gif) = listOf("w.png", "long.png", "w.gif").map(bench::path)
            done(
                *arrayOf("walk", run, "--lerp", "--to", ":1", "--to", ":2", "--steps", 5),
                *arrayOf("--out", grid, "--out", gif),
            )
            val read = ImageIO.read(grid.toFile())
            (read.width to read.height) shouldBe (5 * (8 * 15 + 2) + 2 to 2 * (8 * 15 + 2) + 2)
            ImageIO.createImageInputStream(gif.toFile()).use { stream ->
                val reader = ImageIO.getImageReadersByFormatName("gif").next()
                reader.input = stream
                // 9 forward, 7 backward.
                reader.getNumImages(true) shouldBe 16
                fun pixels(frame: Int) =
                    reader.read(frame).let { List(64) { i -> it.getRGB(i % 8 * 32, i / 8 * 32) } }
                for (back in 1..7) pixels(8 + back) shouldBe pixels(8 - back)
            }
            done("walk", run, "--steps", 25, "--out", long)
            // A row of 25 would be too small to see.
            ImageIO.read(long.toFile()).let { it.width shouldBe it.height }
        }

        "truncation and a class are those of `sample`" {
            val file = bench.path("walk.npy")
            done("walk", run, "--from", 7, "--truncation", "scale=0.5", "--out", file)
            close(array(file)[0], sampled(7, "--truncation", "scale=0.5")[0])
            done("walk", classes, "--class", 3, "--from", ":1", "--out", file)
            val own = bench.path("own.npy")
            done("sample", classes, "--class", 3, "--count", 2, "--out", own)
            close(array(file)[0], array(own)[1])
            refused(
                "--class: the generator of $classes is conditional, and a walk has one class; " +
                    "expected 0 to 9",
                *arrayOf("walk", classes),
            )
            refused(
                "--class: the generator of $run knows no classes",
                *arrayOf("walk", run, "--class", 1),
            )
            refused(
                "--class must be 0 to 9, got 10",
                *arrayOf("directions", classes, "--class", 10),
            )
        }

        "walks of points are drawn in the plane, in straight lines where noise is uniform" {
            val file = bench.path("plane.png")
            val said = done("walk", points, "--out", file)
            said.err shouldContain
                "--lerp: slerp is for normal noise, and this generator's noise is uniform"
            ImageIO.read(file.toFile()).width shouldBe 600
            refused(
                "--slerp: slerp is for normal noise, and this generator's noise is uniform; " +
                    "expected lerp",
                *arrayOf("walk", points, "--slerp"),
            )
            val gif = bench.path("plane.gif")
            bench.sparring("walk", points, "--quiet", "--out", gif) shouldBe
                Outcome(
                    2,
                    "",
                    "$points: samples of shape (2) cannot be animated; images (1 or 3, H, W) can\n",
                )
        }

        "what is no walk is refused" {
            for (text in listOf("x", "7:x", "7:", "")) {
                refused(
                    "--from: '$text' is no draw; expected a seed such as 7, one of its samples " +
                        "such as 7:12, or one of the run's seed such as :12",
                    *arrayOf("walk", run, "--from", text),
                )
            }
            refused(
                "--to: the number of a draw must be 0 to 999999, got -1",
                *arrayOf("walk", run, "--to", "7:-1"),
            )
            refused(
                "--lerp and --slerp: expected one of them",
                *arrayOf("walk", run, "--lerp", "--slerp"),
            )
            refused(
                "--steps must be 2 or more, since both ends are counted, got 1",
                *arrayOf("walk", run, "--steps", 1),
            )
            refused(
                "--steps: 20000 samples in all; expected at most 10000",
                *arrayOf("walk", run, "--steps", 20_000),
            )
            refused("--delay: goes with an animation, a .gif", "walk", run, "--delay", 50)
            val jpg = bench.path("x.jpg")
            refused(
                "--out: '$jpg' does not say what to write; expected a name that ends in .png " +
                    "(a grid) or .gif (an animation) or .npy (an array)",
                *arrayOf("walk", run, "--out", jpg),
            )
            val png = bench.path("x.png")
            refused("--out: '$png' is named twice", "walk", run, "--out", png, "--out", png)
            val nowhere = bench.path("nowhere")
            refused(
                "$nowhere: no run here; expected a run directory with a recipe.yaml",
                *arrayOf("walk", nowhere),
            )
            refused(
                "$run: has no checkpoint of step 9, only of 0, 2",
                *arrayOf("walk", run, "--checkpoint", 9),
            )
            Files.exists(png) shouldBe false
        }

        "directions are written with their strengths, and move samples" {
            val (picture, json, npy) = listOf("d.png", "d.json", "d.npy").map(bench::path)
            val said =
                done(
                    *arrayOf("directions", run, "--count", 3, "--draw", "7:1"),
                    *arrayOf("--out", picture, "--out", json, "--out", npy),
                )
            said.err shouldBe
                "of generator.0.weight (dense 64), 64 outputs of 4 elements of noise, not " +
                    "normalized\n"
            said.out.lines()[0].trim() shouldBe "direction  strength  share"
            said.out.trim().lines() shouldHaveSize 4 + 3
            val found = Json.parseToJsonElement(json.readText()).jsonObject
            val all = found.getValue("directions").jsonArray.map { it.jsonObject }
            val strengths = all.map { it.getValue("strength").jsonPrimitive.double }
            strengths shouldBe strengths.sortedDescending()
            for ((i, one) in all.withIndex()) {
                val vector = one.getValue("vector").jsonArray.map { it.jsonPrimitive.double }
                vector.size shouldBe 4
                sqrt(vector.sumOf { it * it }) shouldBe (1.0 plusOrMinus 1e-9)
                array(npy)[i].toList() shouldBe vector.map { it.toFloat() }
            }
            // Three pictures of a row of seven.
            ImageIO.read(picture.toFile()).width shouldBe 3 * (7 * 90 + 2 + 8) + 8
            val unit = bench.path("unit.json")
            done("directions", run, "--rows", "unit", "--out", unit).err shouldContain
                "its rows of length 1"
        }

        "what has no directions is refused" {
            refused(
                "--count must be 1 to 4, the noise's elements, got 5",
                *arrayOf("directions", run, "--count", 5, "--quiet"),
            )
            refused("--count must be 1 or more, got 0", "directions", run, "--count", 0)
            refused(
                "--draw: '1.5' is no draw; expected a seed such as 7, one of its samples such as " +
                    "7:12, or one of the run's seed such as :12",
                *arrayOf("directions", run, "--draw", "1.5"),
            )
            refused(
                "$points: generator.0 (relu) comes before the first linear map; expected a " +
                    "generator whose noise meets a linear map first",
                *arrayOf("directions", points),
            )
        }
    }) {
    private companion object {
        fun close(a: FloatArray, b: FloatArray) {
            a.size shouldBe b.size
            a.indices.all { abs(a[it] - b[it]) < 1e-5f } shouldBe true
        }

        val POINTS =
            """
            name: points
            data: { type: ring, points: 64, modes: 5 }
            generator: { latent: 2, noise: uniform, layers: [relu, { type: dense, units: 2 }] }
            discriminator: { layers: [{ type: dense, units: 1 }] }
            train: { steps: 6, batch: 8 }
            """

        val CLASSES =
            Workbench.SMALL.replace(
                "layers:\n                - { type: dense, units: 64 }",
                "layers:\n                - concatLabels\n                - { type: dense, units: 64 }",
            )
    }
}
