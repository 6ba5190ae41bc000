package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldEndWith
import javax.imageio.ImageIO
import kotlin.io.path.readLines
import kotlin.io.path.readText

/** Images from images, paired and unpaired, through the commands. */
class TranslationSpec :
    FreeSpec({
        val bench = workbench()
        val pairs = bench.file("pairs.yaml", PAIRS)
        val cycle = bench.file("cycle.yaml", CYCLE)

        "the discriminator sees both halves of pairs" {
            val table = bench.sparring("check", pairs).out
            table shouldContain Regex("generator: .*\n.*\n *input +\\(1, 8, 8\\)")
            table shouldContain Regex("discriminator: .*\n.*\n *input +\\(2, 8, 8\\)")
        }

        "a run of pairs measures held-out ones, and shows three of each" {
            val run = bench.path("pairs")
            bench.sparring("train", pairs, "--out", run).code shouldBe 0
            val lines = run.resolve("metrics.csv").readLines()
            val column = lines.first().split(",").indexOf("pair_l1.pixels")
            val last = lines.last().split(",")[column].toDouble()
            (last > 0.1 && last < 2) shouldBe true
            val picture = ImageIO.read(run.resolve("samples/000003.png").toFile())
            // Two threes and two rows for four samples: 6 x 2 images of 8 pixels, magnified.
            val factor = 620 / 48
            (picture.width to picture.height) shouldBe
                (6 * (8 * factor + 2) + 2 to 2 * (8 * factor + 2) + 2)
            val measured = bench.sparring("eval", run, "--count", 20)
            measured.code shouldBe 0
            measured.out shouldContain "pair_l1 (pixels)"
        }

        "images from images have no noise; they are written as arrays and in columns" {
            val run = bench.path("pairs")
            for ((options, named) in
                listOf(
                    listOf("--truncation", "temperature=0.5") to "--truncation",
                    listOf("--interpolate", "lerp") to "--interpolate",
                )) {
                bench.sparring("sample", run, *options.toTypedArray()) shouldBe
                    Outcome(2, "", "$named: the run generates images from images, not from noise\n")
            }
            val array = bench.path("pairs.npy")
            bench.sparring("sample", run, "--count", 5, "--out", array).code shouldBe 0
            // A header of 128 bytes, and the generated images only.
            array.toFile().length() shouldBe 128L + 5 * 64 * 4
            val grid = bench.path("columns.png")
            bench.sparring("sample", run, "--count", 4, "--columns", 1, "--out", grid)
            val picture = ImageIO.read(grid.toFile())
            (picture.width to picture.height) shouldBe
                (3 * (8 * 19 + 2) + 2 to 4 * (8 * 19 + 2) + 2)
        }

        "eval of a run repeats its own measurement of held-out pairs" {
            val run = bench.path("pairs")
            val table = bench.sparring("eval", run).out.lines()
            val lines = run.resolve("metrics.csv").readLines()
            val column = lines.first().split(",").indexOf("pair_l1.pixels")
            val own =
                "%.6g".format(java.util.Locale.ROOT, lines.last().split(",")[column].toDouble())
            table.single { it.startsWith("pair_l1") } shouldEndWith own
        }

        "unpaired data has a backward direction" {
            val checked = bench.sparring("check", cycle)
            checked.out shouldContain
                "the backward direction, of the same layers with weights of their own: generator_back " +
                    "(1, 8, 8) to (1, 8, 8), 10 parameters; discriminator_back 17 parameters"
            val run = bench.path("cycle")
            bench.sparring("train", cycle, "--out", run, "--steps", 2).code shouldBe 0
            bench.sparring("train", cycle, "--out", run, "--resume").code shouldBe 0
            run.resolve("checkpoints/000003").toFile().list()!!.toList() shouldContainAll
                listOf("generator_back.safetensors", "discriminator_back.safetensors")
            run.resolve("recipe.yaml").readText() shouldContain "pool: 2"
            bench.sparring("sample", run, "--out", bench.path("grid.png")).code shouldBe 0
        }

        "unpaired training has a measure of pairs if held-out data is paired" {
            val run = bench.path("measured")
            val held = "evaluate={samples: 30, data: {type: edges, of: digits}}"
            bench.sparring("train", cycle, "--out", run, "--set", held).code shouldBe 0
            val lines = run.resolve("metrics.csv").readLines()
            val table = bench.sparring("eval", run).out.lines()
            for (figure in listOf("pair_l1", "pair_l2")) {
                val column = lines.first().split(",").indexOf("$figure.pixels")
                val last = lines.last().split(",")[column].toDouble()
                (last > 0) shouldBe true
                table.single { it.startsWith(figure) } shouldEndWith
                    "%.6g".format(java.util.Locale.ROOT, last)
            }
        }

        "both directions of a run have columns" {
            val run = bench.path("ways")
            val set = "output.diagnosticsEvery=1"
            bench.sparring("train", cycle, "--out", run, "--set", set).code shouldBe 0
            val lines = run.resolve("metrics.csv").readLines()
            val columns = lines.first().split(",")
            columns shouldContainAll
                listOf("d_real", "d_real.back", "diversity.back", "grad_norm.generator_back") +
                    listOf("sigma.discriminator_back.0.weight", "slope_fake.back")
            lines.drop(1).map { it.split(",").count(String::isNotEmpty) } shouldBe
                List(3) { columns.size }
        }

        "settings that do not fit together are refused in one line" {
            val wrong =
                mapOf(
                    pairs to
                        "data={type: pairs, sources: digits, samples: digits, matched: false}" to
                        "terms.0: needs data that comes in pairs, to compare samples with",
                    pairs to
                        "discriminator.pool=4" to
                        "discriminator.pool: an earlier sample would come with another's source; " +
                            "leave it out",
                    cycle to
                        "data={type: edges, of: digits}" to
                        "terms.0: needs a backward direction: unpaired sources and samples (pairs " +
                            "with matched: false)",
                )
            for ((change, message) in wrong) {
                val (recipe, setting) = change
                val refused = bench.sparring("check", recipe, "--set", setting)
                refused.code shouldBe 2
                refused.err shouldContain message
            }
        }
    }) {
    private companion object {
        val PAIRS =
            """
            name: pairs
            data: { type: edges, of: digits }
            generator:
              layers:
                - { type: conv, filters: 4 }
                - { type: skip, layers: [relu, { type: conv, filters: 4 }] }
                - { type: conv, filters: 1 }
                - tanh
            discriminator: { layers: [{ type: conv, filters: 1, kernel: 4, stride: 2 }] }
            terms: [reconstruction]
            train: { steps: 3, batch: 4 }
            output: { sampleCount: 4 }
            evaluate: { samples: 30, data: { type: edges, of: digits, threshold: 0.2 } }
            """
                .trimIndent()

        val CYCLE =
            """
            name: cycle
            data:
              type: pairs
              sources: digits
              samples: { type: noise, channels: 1, height: 8, width: 8 }
              matched: false
            generator: { layers: [{ type: conv, filters: 1 }] }
            discriminator:
              pool: 2
              layers: [{ type: conv, filters: 1, kernel: 4, stride: 2 }]
            loss: leastSquares
            terms: [cycle, identity]
            train: { steps: 3, batch: 4 }
            """
                .trimIndent()
    }
}
