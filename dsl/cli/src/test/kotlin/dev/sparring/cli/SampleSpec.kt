package dev.sparring.cli

import dev.sparring.data.Npy
import dev.sparring.random.Seed
import dev.sparring.tensor.Shape
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.readBytes
import kotlin.math.abs
import kotlin.math.roundToInt

/** What `sample` writes, and from which noise. */
class SampleSpec :
    FreeSpec({
        val bench = workbench()
        val run = bench.path("run")
        val points = bench.path("points")
        fun trained(name: String, text: String, into: Path, vararg more: Any) {
            val recipe = bench.file(name, text)
            bench.sparring("train", recipe, "--out", into, "--steps", 4, *more).code shouldBe 0
        }
        fun sampled(vararg args: Any) {
            val out = args[args.indexOf("--out") + 1]
            bench.sparring("sample", *args) shouldBe Outcome(0, "$out\n", "")
        }
        fun refused(line: String, vararg args: Any) {
            bench.sparring("sample", *args) shouldBe Outcome(2, "", line + "\n")
        }
        fun array(name: String, vararg args: Any): Pair<Shape, List<FloatArray>> {
            val file = bench.path(name)
            sampled(*args, "--out", file)
            val data = Npy.npy("$file").open(Seed(0)) {}
            val size = data.sampleShape().elements()
            val all = List(data.size()) { i -> FloatArray(size).also { data.read(i, it, 0) } }
            return data.sampleShape() to all
        }

        beforeSpec {
            trained("small.yaml", Workbench.SMALL, run, "--set", "output.checkpointsEvery=2")
            trained("points.yaml", POINTS, points)
        }

        "an .npy holds the samples as they are" {
            val (shape, images) = array("a.npy", run, "--count", 5, "--seed", 7)
            shape shouldBe Shape.of(1, 8, 8)
            images.size shouldBe 5
            // Tanh's values, not the levels of a picture.
            images.all { it.all { v -> v > -1 && v < 1 } } shouldBe true
            val (plane, two) = array("p.NPY", points, "--count", 3)
            plane shouldBe Shape.of(2)
            two.size shouldBe 3
        }

        "the i-th sample does not depend on the count" {
            val many = array("many.npy", run, "--count", 9, "--truncation", "resample=0.5").second
            val few = array("few.npy", run, "--count", 2, "--truncation", "resample=0.5").second
            for (i in few.indices) many[i].indices.forEach { close(many[i][it], few[i][it]) }
        }

        "single images are numbered and have the size of a sample" {
            val folder = bench.path("deep/images")
            sampled(run, "--single", "--count", 3, "--seed", 7, "--out", folder)
            folder.toFile().list()!!.sorted() shouldBe
                listOf("000000.png", "000001.png", "000002.png")
            val values = array("three.npy", run, "--count", 3, "--seed", 7).second[2]
            val picture = ImageIO.read(folder.resolve("000002.png").toFile())
            (picture.width to picture.height) shouldBe (8 to 8)
            for (i in values.indices) {
                val level = ((values[i] + 1) * 127.5f).roundToInt()
                picture.raster.getSample(i % 8, i / 8, 0) shouldBe level
            }
            refused(
                "--out: '$folder' is not empty; expected a new or an empty folder",
                *arrayOf(run, "--single", "--out", folder),
            )
        }

        "columns are as many as asked" {
            val picture = bench.path("columns.png")
            sampled(run, "--count", 6, "--columns", 6, "--out", picture)
            val read = ImageIO.read(picture.toFile())
            (read.width to read.height) shouldBe (6 * (8 * 12 + 2) + 2 to 8 * 12 + 4)
        }

        "--checkpoint is --from" {
            val (a, b, c) = listOf("a.png", "b.png", "c.png").map(bench::path)
            sampled(run, "--checkpoint", 2, "--out", a)
            sampled(run, "--from", 2, "--out", b)
            sampled(run, "--out", c)
            a.readBytes().toList() shouldBe b.readBytes().toList()
            a.readBytes().toList() shouldNotBe c.readBytes().toList()
            bench.sparring("sample", "--help").out shouldContain "--from, --checkpoint=STEP"
        }

        "kinds of truncation differ" {
            val kinds = listOf("resample=0.5", "scale=0.5", "temperature=0.5", "resample=40")
            val all =
                kinds.map {
                    array("$it.npy", run, "--truncation", it).second.map(FloatArray::toList)
                }
            val plain = array("plain.npy", run).second.map(FloatArray::toList)
            all.toSet().size shouldBe 4
            all[3] shouldBe plain
        }

        "a path goes through the samples, as an array" {
            for (by in listOf("lerp", "slerp")) {
                val path =
                    array("$by.npy", run, "--interpolate", by, "--count", 3, "--steps", 4).second
                path.size shouldBe 12
                val ends = array("ends.npy", run, "--count", 3).second
                for (row in 0 until 3) {
                    for (i in 0 until 64) {
                        close(path[4 * row][i], ends[row][i])
                        close(path[4 * row + 3][i], ends[(row + 1) % 3][i])
                    }
                }
            }
        }

        "a path is drawn in rows, and animated without its doubled ends" {
            val grid = bench.path("path.png")
            sampled(run, "--interpolate", "slerp", "--count", 3, "--steps", 5, "--out", grid)
            val read = ImageIO.read(grid.toFile())
            (read.width to read.height) shouldBe (5 * 122 + 2 to 3 * 122 + 2)
            val gif = bench.path("path.gif")
            sampled(
                *arrayOf(run, "--interpolate", "slerp", "--count", 3, "--steps", 5),
                *arrayOf("--delay", 40, "--out", gif),
            )
            val path =
                array("slerp.npy", run, "--interpolate", "slerp", "--count", 3, "--steps", 5).second
            ImageIO.createImageInputStream(gif.toFile()).use { stream ->
                val reader = ImageIO.getImageReadersByFormatName("gif").next()
                reader.input = stream
                reader.getNumImages(true) shouldBe 12
                for (frame in 0 until 12) {
                    val picture = reader.read(frame)
                    picture.width shouldBe 256
                    val values = path[frame / 4 * 5 + frame % 4]
                    for (i in values.indices) {
                        val level = ((values[i] + 1) * 127.5f).roundToInt()
                        picture.getRGB(i % 8 * 32 + 31, i / 8 * 32) and 0xFF shouldBe level
                    }
                }
            }
        }

        "a path of points is drawn in the plane" {
            val plane = bench.path("plane.png")
            sampled(points, "--interpolate", "lerp", "--out", plane)
            ImageIO.read(plane.toFile()).width shouldBe 600
        }

        "unknown endings are refused, and nothing is written" {
            for (name in listOf("a.npz", "a.jpg", "grid", "png", ".csv")) {
                val out = bench.path("none/$name")
                refused(
                    "--out: '$out' does not say what to write; expected a name that ends in " +
                        ".png (a grid), .npy (an array) or .gif (with --interpolate), or a " +
                        "folder with --single",
                    *arrayOf(run, "--out", out),
                )
            }
            Files.exists(bench.path("none")) shouldBe false
        }

        "options that do not go together are refused" {
            val gif = bench.path("x.gif")
            val npy = bench.path("x.npy")
            refused(
                "--out: '$gif' is an animation, which goes with --interpolate",
                *arrayOf(run, "--out", gif),
            )
            refused("--columns: goes with a grid, a .png", run, "--columns", 2, "--out", npy)
            refused(
                "--columns: rows of --interpolate have --steps columns",
                *arrayOf(run, "--columns", 2, "--interpolate", "lerp"),
            )
            refused("--columns must be 1 to 10000, got 0", run, "--columns", 0)
            refused("--delay: goes with an animation, a .gif", run, "--delay", 50)
            refused("--steps: goes with --interpolate", run, "--steps", 5)
            refused(
                "--steps must be 2 or more, since both ends are counted, got 1",
                *arrayOf(run, "--interpolate", "lerp", "--steps", 1),
            )
            refused(
                "--count must be 2 or more with --interpolate, got 1",
                *arrayOf(run, "--interpolate", "lerp", "--count", 1),
            )
            refused(
                "--delay must be a multiple of 10 from 20 to 60000, got 15",
                *arrayOf(run, "--interpolate", "lerp", "--delay", 15, "--out", gif),
            )
            refused(
                "--count must be 1 to 1111 with 9 steps each, got 2000",
                *arrayOf(run, "--interpolate", "lerp", "--count", 2000),
            )
        }

        "truncations that are none are refused" {
            for (text in listOf("0.5", "resample", "resample=x", "half=0.5", "=1")) {
                refused(
                    "--truncation: '$text' is no KIND=VALUE; expected a number for one of " +
                        "resample, scale and temperature, such as resample=0.5",
                    *arrayOf(run, "--truncation", text),
                )
            }
            refused(
                "--truncation: 'psi=0.7' is of a mapping network (StyleGAN), and generators of " +
                    "recipes have none; temperature=0.7 draws the noise itself to its mean, 0",
                *arrayOf(run, "--truncation", "psi=0.7"),
            )
            refused(
                "--truncation: the factor of scale must be above 0 and at most 1, got 2.0",
                *arrayOf(run, "--truncation", "scale=2"),
            )
        }

        "what a run's noise or samples do not allow is refused" {
            val uniform = bench.path("uniform")
            trained(
                "uniform.yaml",
                Workbench.SMALL.replace("latent: 4", "latent: 4\n              noise: uniform"),
                uniform,
            )
            refused(
                "--interpolate: slerp is for normal noise, and this generator's noise is " +
                    "uniform; expected lerp",
                *arrayOf(uniform, "--interpolate", "slerp"),
            )
            refused(
                "--truncation: resample cuts off the tails of normal noise, and this " +
                    "generator's noise is uniform; temperature scales any noise",
                *arrayOf(uniform, "--truncation", "resample=1"),
            )
            sampled(
                *arrayOf(uniform, "--truncation", "temperature=0.5"),
                *arrayOf("--interpolate", "lerp", "--out", bench.path("uniform.png")),
            )
            refused(
                "$points: samples of shape (2) cannot be animated; images (1 or 3, H, W) can; " +
                    "a .npy holds samples of any shape",
                *arrayOf(points, "--interpolate", "lerp", "--out", bench.path("x.gif")),
            )
            refused(
                "$points: samples of shape (2) cannot have --columns; images (1 or 3, H, W) " +
                    "can; a .npy holds samples of any shape",
                *arrayOf(points, "--columns", 3),
            )
        }
    }) {
    private companion object {
        fun close(a: Float, b: Float) {
            (abs(a - b) < 1e-5f) shouldBe true
        }

        val POINTS =
            """
            name: points
            data: { type: ring, points: 64, modes: 5 }
            generator: { latent: 2, layers: [{ type: dense, units: 2 }] }
            discriminator: { layers: [{ type: dense, units: 1 }] }
            train: { steps: 6, batch: 8 }
            """
    }
}
