package dev.sparring.cli.compare

import dev.sparring.cli.Outcome
import dev.sparring.cli.Workbench
import dev.sparring.cli.workbench
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.copyToRecursively
import kotlin.io.path.deleteIfExists
import kotlin.io.path.deleteRecursively
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeText

@OptIn(ExperimentalPathApi::class)
class CompareSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)
        fun done(vararg args: Any): Outcome =
            bench.sparring(*args).also { withClue(it.err) { it.code shouldBe 0 } }

        fun trained(name: String, seed: Int, vararg options: Any): Path =
            bench.path("runs/$name").also {
                done("train", recipe, "--seed", seed, "--out", it, "--steps", 4, *options)
            }
        val a = trained("a", 1)
        val b = trained("b", 2, "--set", "discriminator.norm=sn")
        done("eval", a, "--count", 20)
        done("eval", b, "--count", 20)
        fun copy(run: Path, name: String): Path =
            bench.path("runs/$name").also {
                run.copyToRecursively(it, followLinks = false, overwrite = false)
            }
        fun Outcome.rows() = out.lines().map { it.trim().replace(Regex("  +"), " | ") }

        "figures of two runs stand side by side, with what differs between their recipes" {
            val compared = done("compare", a, b)
            val rows = compared.rows()
            rows.take(5) shouldBe
                listOf(
                    "a | b",
                    "name | small | small",
                    "seed | 1 | 2",
                    "state | completed | completed",
                    "steps | 4/4 | 4/4",
                )
            fun last(run: Path) =
                "%.4g at 4"
                    .format(run.resolve("metrics.csv").readLines().last().split(",")[2].toDouble())
            rows.single { it.startsWith("loss_d") } shouldBe
                "loss_d | - | ${last(a)} | - | ${last(b)} | -"
            val distance = rows.single { it.startsWith("frechet_distance.pixels") }.split(" | ")
            distance[1] shouldBe "lower"
            distance.count { it.endsWith(" *") } shouldBe 1
            val (one, other) =
                listOf(distance[3], distance[5]).map { it.substringBefore(" ").toDouble() }
            distance[if (one < other) 3 else 5].endsWith(" *") shouldBe true
            rows.single { it.startsWith("precision.pixels") }.split(" | ")[1] shouldBe "higher"
            compared.out shouldNotContain "weight_norm"
            compared.err shouldContain
                "figures of single weights are left out; --figures shows some"
            rows.single { it.contains("discriminator.norm") } shouldContain "| bssn"
            rows.single { it.contains("train.seed") } shouldBe "run | train.seed | 1 | 2"
        }

        "chosen columns only, be they of weights" {
            val rows = done("compare", a, b, "--figures", "weight_norm.generator.0.weight").rows()
            rows[6].split(" | ").take(2) shouldBe listOf("figure", "better")
            rows[7].split(" | ").take(2) shouldBe listOf("weight_norm.generator.0.weight", "-")
            bench.sparring("compare", a, b, "--figures", "los_d").err shouldBe
                "--figures: not all runs have 'los_d'; did you mean 'loss_d'?\n"
        }

        "figures that were measured in another way are named and not shown" {
            val c = copy(b, "c")
            done("eval", c, "--count", 30)
            val compared = done("compare", a, c)
            compared.out shouldContain
                "frechet_distance.pixels, kernel_distance.pixels, kernel_distance_std.pixels, " +
                    "precision.pixels, recall.pixels: measured in different ways, not comparable: " +
                    "a: 20 samples, pixels: the samples' own numbers, in [-1, 1]; " +
                    "c: 30 samples, pixels: the samples' own numbers, in [-1, 1]\n"
            compared.rows().none { it.startsWith("frechet_distance.pixels |") } shouldBe true
            compared.rows().any { it.startsWith("loss_d |") } shouldBe true
        }

        "other data and other losses make figures incomparable" {
            val other = copy(b, "other")
            val json = other.resolve("run.json")
            json.writeText(
                json.readText().replace(Regex("\"data\" : \"[0-9a-f]*"), "\"data\" : \"f00d")
            )
            val compared = done("compare", a, other)
            compared.out shouldContain
                "no figures are compared, since the runs saw different data: a: SHA-256 "
            compared.out shouldContain "; other: SHA-256 f00d...\n"
            compared.out shouldNotContain "loss_d"
            json.writeText(json.readText().replace("\"data\"", "\"date\""))
            done("compare", a, other).out shouldContain
                "no figures are compared: nothing says on which data other was trained\n"

            val loss = trained("loss", 1, "--set", "loss=wasserstein")
            val losses = done("compare", a, loss)
            losses.out shouldContain
                "loss_d, loss_g: not comparable, since a and loss have other losses or terms\n"
            losses.rows().any { it.startsWith("d_real |") } shouldBe true
            losses.rows().none { it.startsWith("loss_d |") } shouldBe true
        }

        "points of other seeds are of the same mixture" {
            val ring =
                bench.file(
                    "ring.yaml",
                    """
                    data: { type: ring, points: 500 }
                    generator: { latent: 2, layers: [{ type: dense, units: 2 }] }
                    discriminator: { layers: [{ type: dense, units: 1 }] }
                    train: { steps: 3, batch: 8 }
                    evaluate: { every: 1, samples: 100 }
                    """,
                )
            val runs = listOf(1, 2).map { seed -> bench.path("rings/$seed") to seed }
            runs.forEach { (run, seed) -> done("train", ring, "--seed", seed, "--out", run) }
            val rows = done("compare", *runs.map { it.first }.toTypedArray()).rows()
            rows.single { it.startsWith("modes_hit |") } shouldContain "| higher | "
        }

        "samples come in one picture, of a step that all have" {
            val picture = bench.path("pictures/both.png")
            done("compare", a, b, "--out", picture).out shouldContain "\n$picture\n"
            val own = ImageIO.read(a.resolve("samples/000004.png").toFile())
            val both = ImageIO.read(picture.toFile())
            // Enlarged by a whole factor, which keeps every color.
            val factor = maxOf(1, 256 / own.width)
            both.width shouldBe 2 * maxOf(256, own.width * factor) + 24
            val top = both.height - 8 - own.height * factor
            for ((x, y) in listOf(0 to 0, own.width / 2 to own.height / 3)) {
                both.getRGB(8 + x * factor, top + y * factor) shouldBe own.getRGB(x, y)
            }
            val c = copy(b, "without")
            c.resolve("samples").deleteRecursively()
            done("compare", a, c, "--out", picture).err shouldContain
                "without: has no pictures in samples, and is left out\n"
            val d = copy(b, "earlier")
            d.resolve("samples/000004.png").deleteIfExists()
            val steps = done("compare", a, d, "--out", picture)
            steps.err shouldNotContain "no step has a picture of each run"
            d.resolve("samples/000000.png").deleteIfExists()
            d.resolve("samples/000003.png").writeText("no picture")
            bench.sparring("compare", a, d, "--out", picture).err shouldContain
                "${d.resolve("samples/000003.png")}: is not a readable picture: it is no whole " +
                    "PNG file\n"
        }

        "mistakes are one line" {
            bench.sparring("compare", a).code shouldBe 2
            bench.sparring("compare", a, a) shouldBe
                Outcome(2, "", "$a: is named twice; expected different runs\n")
            val none = bench.path("none")
            bench.sparring("compare", a, none) shouldBe
                Outcome(2, "", "$none: no run here; expected a run directory\n")
            bench.sparring("compare", a, b, "--out", "x.gif") shouldBe
                Outcome(2, "", "--out: 'x.gif' must end in .png\n")
            val damaged = copy(b, "damaged")
            damaged.resolve("run.json").deleteIfExists()
            val file = damaged.resolve("run.json")
            bench.sparring("compare", a, damaged) shouldBe
                Outcome(2, "", "$file: no such file, so nothing says what ran\n")
            file.exists() shouldBe false
        }

        "a recipe that cannot be read here is said to be left out; figures are compared" {
            val lost = copy(b, "lost")
            lost.resolve("recipe.yaml").writeText("name: [")
            val compared = done("compare", a, lost)
            compared.err shouldContain "the recipe is not known here, so it is not compared: $lost"
            compared.rows().any { it.startsWith("d_real |") } shouldBe true
            compared.out shouldNotContain "train.seed"
        }
    })
