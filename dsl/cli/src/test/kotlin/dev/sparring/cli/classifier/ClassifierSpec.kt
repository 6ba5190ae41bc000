package dev.sparring.cli.classifier

import dev.sparring.cli.NotOnWindows
import dev.sparring.cli.Workbench
import dev.sparring.cli.startJvm
import dev.sparring.cli.workbench
import dev.sparring.tensor.Engines
import io.kotest.assertions.withClue
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldEndWith
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.fileSize
import kotlin.io.path.readLines
import kotlin.io.path.readText

/** The weights of the digits' classifier that comes with the library. */
internal const val DIGITS_WEIGHTS =
    "d12165f4d2357ef32cbb483da5a36040bfb1a85f29a1de1877cb0166c1e8a53b"

@EnabledIf(NotOnWindows::class)
class ClassifierSpec :
    FreeSpec({
        "the digits' classifier comes with the library, and can be made again bit for bit"
            .config(enabled = Engines.named("torch").whyNotPortable().isEmpty) {
                val bench = workbench()
                val recipe = bench.file("small.yaml", Workbench.SMALL)
                val out = bench.path("out.safetensors")
                val process =
                    startJvm(bench.folder, "classifier", "$recipe", "--again", "--out", "$out")
                process.waitFor(120, TimeUnit.SECONDS) shouldBe true
                val lines = bench.path("log").readLines()
                withClue(lines.joinToString("\n")) {
                    process.exitValue() shouldBe 0
                    lines.first() shouldBe
                        "the classifier cnn-1 of digits comes with Sparring: weights " +
                            DIGITS_WEIGHTS.take(12)
                    lines[1] shouldStartWith
                        "classifier cnn-1, accuracy 0.9888 on 179 held out, weights $DIGITS_WEIGHTS, " +
                            "trained on torch ("
                    lines[1] shouldEndWith "), portable"
                    lines[2] shouldBe
                        "training the classifier cnn-1 on 1618 samples of 10 classes, 400 steps"
                    lines.last() shouldBe "equal: trained again, it has the same weights"
                    (out.fileSize() > 250_000) shouldBe true
                }
            }

        "a run that is not portable has other data's classifier trained by a portable child, once"
            .config(enabled = Engines.named("torch").whyNotPortable().isEmpty) {
                val bench = workbench()
                val recipe = bench.file("nine.yaml", NINE)
                val cache = mapOf("XDG_CACHE_HOME" to "${bench.path("cache")}")
                fun log(vararg args: String): List<String> {
                    val process = startJvm(bench.folder, *args, environment = cache)
                    process.waitFor(120, TimeUnit.SECONDS) shouldBe true
                    val lines = bench.path("log").readLines()
                    withClue(lines.joinToString("\n")) { process.exitValue() shouldBe 0 }
                    return lines
                }
                fun train(name: String) = log("train", "$recipe", "--out", "${bench.path(name)}")
                val first = train("first")
                withClue(first.joinToString("\n")) {
                    first.count { it.startsWith("training the classifier cnn-1 on ") } shouldBe 1
                    first.none { "not trained as elsewhere" in it } shouldBe true
                }
                // The run's own engine would have kept it apart, as one of this machine.
                val facts = log("classifier", "$recipe").single()
                facts shouldEndWith "), portable"
                val weights = facts.substringAfter("weights ").substringBefore(',')
                bench.path("first/run.json").readText() shouldContain weights.take(12)
                train("second").none { "training the classifier" in it } shouldBe true
                val figures = listOf("first", "second").map { metric(bench.path(it)) }
                figures[1] shouldBe figures[0]
            }

        "data without labels is refused in one line"
            .config(enabled = Engines.named("torch").whyNotPortable().isEmpty) {
                val bench = workbench()
                val recipe =
                    bench.file(
                        "noise.yaml",
                        Workbench.SMALL.replace(
                            "data: digits",
                            "data: { type: noise, channels: 1, height: 8, width: 8 }",
                        ),
                    )
                val process = startJvm(bench.folder, "classifier", "$recipe")
                process.waitFor(60, TimeUnit.SECONDS) shouldBe true
                bench.path("log").readLines().last() shouldBe
                    "$recipe: data 'noise' has no labels; the extractor classifier needs some: use " +
                        "pixels or a file"
                process.exitValue() shouldBe 2
            }
    })

/** Digits of another size than those whose classifier comes with the library. */
private val NINE =
    """
    name: nine
    data: { type: digits, size: 9 }
    generator:
      latent: 4
      layers: [{ type: dense, units: 81 }, { type: reshape, shape: [1, 9, 9] }, tanh]
    discriminator:
      layers: [flatten, { type: dense, units: 1 }]
    train: { steps: 1, batch: 8 }
    evaluate: { every: 1, samples: 50, extractor: classifier }
    output: { sampleCount: 9 }
    """

private fun metric(run: Path): String {
    val (names, values) = run.resolve("metrics.csv").readLines().map { it.split(",") }
    return values[names.indexOf("frechet_distance.classifier")]
}
