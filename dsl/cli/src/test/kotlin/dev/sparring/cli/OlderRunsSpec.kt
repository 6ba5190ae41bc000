package dev.sparring.cli

import dev.sparring.dsl.RecipeText
import dev.sparring.run.MetricsTable
import dev.sparring.run.RunDirectory
import dev.sparring.run.Runs
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engines
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.floats.plusOrMinus
import io.kotest.matchers.shouldBe
import java.awt.image.BufferedImage
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.copyToRecursively
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.toPath
import kotlin.math.abs
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** The samples of a recorded file: four of them, drawn with seed 3. */
private const val SAMPLES = 4

/** Numbers differ in their last bits on other processors, and more after two updates. */
private const val CLOSE = 1e-3f

/**
 * Runs of an earlier version, with its results: `run/` is the run directory, the recipe beside it
 * is that of its training, and `then/` holds samples of it, and the metrics and samples after it
 * was resumed for two more steps. All were recorded at commit 227b3b8. They are never recorded
 * again: only the program changes.
 */
class OlderRunsSpec :
    FreeSpec({
        val bench = workbench()
        for (older in OLDER) {
            older.name -
                {
                    val folder = resource("runs/${older.name}")
                    fun copy(name: String): Path =
                        bench.path("${older.name}-$name").also {
                            @OptIn(kotlin.io.path.ExperimentalPathApi::class)
                            folder
                                .resolve("run")
                                .copyToRecursively(it, followLinks = false, overwrite = false)
                        }

                    "has the samples that it had" {
                        sampled(copy("sampled")) shouldBeClose folder.resolve("then/samples.csv")
                    }

                    "is drawn as it was" {
                        val picture = bench.path("${older.name}.png")
                        val done =
                            bench.sparring(
                                *arrayOf<Any>("sample", copy("drawn"), "--out", picture),
                                *arrayOf<Any>("--count", 9, "--seed", 3),
                            )
                        withClue(done.err) { done.code shouldBe 0 }
                        picture shouldLookLike folder.resolve("then/grid.png")
                    }

                    for ((kind, recipe) in
                        listOf("its own recipe" to null, "the file it came from" to older.recipe)) {
                        "goes on by $kind as it did" {
                            val run = copy("resumed-${recipe ?: "recipe"}")
                            val done =
                                bench.sparring(
                                    "train",
                                    recipe?.let(folder::resolve) ?: run.resolve("recipe.yaml"),
                                    *arrayOf<Any>("--out", run, "--resume"),
                                    *arrayOf<Any>("--steps", older.steps + 2),
                                )
                            withClue(done.err) { done.code shouldBe 0 }
                            sameMetrics(run, folder, older.steps)
                            sampled(run) shouldBeClose folder.resolve("then/samples-resumed.csv")
                        }
                    }

                    "is measured to the same figures" {
                        val run = copy("measured")
                        val done = bench.sparring("eval", run, "--count", 30)
                        withClue(done.err) { done.code shouldBe 0 }
                        val file = "evaluations/%06d.json".format(older.steps)
                        val before = evaluated(folder.resolve("run").resolve(file))
                        val now = evaluated(run.resolve(file))
                        now.keys shouldBe before.keys
                        for ((figure, value) in before) {
                            withClue(figure) {
                                now.getValue(figure) shouldBe (value plusOrMinus 1e-4)
                            }
                        }
                    }

                    "is reported on and exported" {
                        val run = copy("reported")
                        val page = bench.sparring("report", run)
                        withClue(page.err) { page.code shouldBe 0 }
                        val onnx = bench.sparring("export", run, "--to", "onnx")
                        withClue(onnx.err) { onnx.code shouldBe 0 }
                    }

                    "has a recipe that is checked, and equal in effect to the file it came from" {
                        val own = copy("recipe").resolve("recipe.yaml")
                        val checked = bench.sparring("check", own)
                        withClue(checked.err) { checked.code shouldBe 0 }
                        val source = folder.resolve(older.recipe)
                        bench.sparring("diff", own, source) shouldBe
                            Outcome(0, "$own and $source are equal in effect\n", "")
                    }
                }
        }
    })

private class OlderRun(val name: String, val recipe: String, val steps: Int)

private val OLDER =
    listOf(
        // From a script: all spectral norms, an average, penalties, two updates of D a step.
        OlderRun("points", "points.gan.kts", 6),
        // Labels, blocks, weight normalization, batch norms, schedules; conventions of Keras.
        OlderRun("images", "images.yaml", 6),
        // Two directions, a pool, an average with warm-up, simultaneous updates; PyTorch's.
        OlderRun("unpaired", "unpaired.yaml", 4),
    )

private fun resource(name: String): Path =
    OlderRunsSpec::class.java.getResource(name)!!.toURI().toPath()

private fun sampled(run: Path): List<Float> {
    val directory = RunDirectory(run)
    val recipe = RecipeText.read(directory.recipe())
    return Engines.open("torch", Device.parse("cpu"), recipe.train.precision).use {
        Runs.sampler(directory, recipe, it).sample(SAMPLES, 3).toList()
    }
}

private infix fun List<Float>.shouldBeClose(file: Path) {
    val recorded = file.readLines().flatMap { it.split(",") }.map { it.toFloat() }
    size shouldBe recorded.size
    for ((i, value) in recorded.withIndex()) {
        withClue("number $i") { this[i] shouldBe (value plusOrMinus CLOSE) }
    }
}

/** The old rows as they were, every old column kept; the new rows with the recorded losses. */
private fun sameMetrics(run: Path, folder: Path, steps: Int) {
    val now = MetricsTable.of(RunDirectory(run))
    val old = MetricsTable.of(RunDirectory(folder.resolve("run")))
    now.columns shouldContainAll old.columns
    now.rows.size shouldBe steps + 2
    for ((row, before) in now.rows.zip(old.rows)) {
        row.step shouldBe before.step
        before.figures.forEach { (figure, value) ->
            withClue("$figure of step ${row.step}") { row.figures[figure] shouldBe value }
        }
    }
    val recorded = MetricsTable.of(RunDirectory(folder.resolve("then"))).rows.drop(steps)
    recorded.size shouldBe 2
    for ((row, before) in now.rows.drop(steps).zip(recorded)) {
        for (loss in listOf("loss_d", "loss_g")) {
            val value = before.figures.getValue(loss)
            withClue("$loss of step ${row.step}") {
                row.figures.getValue(loss) shouldBe
                    (value plusOrMinus 1e-6 * maxOf(1.0, abs(value)))
            }
        }
    }
}

private fun evaluated(file: Path): Map<String, Double> =
    Json.parseToJsonElement(file.readText())
        .jsonObject
        .getValue("metrics")
        .jsonArray
        .flatMap { it.jsonObject.getValue("figures").jsonObject.entries }
        .associate { it.key to it.value.jsonPrimitive.double }

/** All but a few pixels within a shade: rounding may move a point or change a number. */
private infix fun Path.shouldLookLike(other: Path) {
    val (a, b) = listOf(this, other).map { ImageIO.read(it.toFile()) }
    a.width shouldBe b.width
    a.height shouldBe b.height
    val apart = a.colors().zip(b.colors()).count { (x, y) -> abs(x - y) > 1 }
    apart.toDouble() / (a.width * a.height) shouldBeLessThan 1e-3
}

private fun BufferedImage.colors(): List<Int> =
    (0 until height).flatMap { y ->
        (0 until width).flatMap { x ->
            val rgb = getRGB(x, y)
            listOf(rgb shr 16 and 0xff, rgb shr 8 and 0xff, rgb and 0xff)
        }
    }
