package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldNotContain
import java.nio.file.Path
import kotlin.io.path.copyTo
import kotlin.io.path.createDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** Features by networks from files, from `lib/torch/src/test/golden/extractors.py`. */
class ExtractorSpec :
    FreeSpec({
        val bench = workbench()
        val run = bench.path("run")
        bench
            .sparring(
                "train",
                bench.file("small.yaml", Workbench.SMALL),
                "--out",
                run,
                "--steps",
                2,
            )
            .code shouldBe 0
        val torch = Path.of("../../lib/torch/src/test/resources/dev/sparring/torch")
        val onnx = Path.of("../../lib/onnxruntime/src/test/resources/dev/sparring/onnxruntime")

        fun eval(vararg options: Any): Outcome =
            bench.sparring("eval", run, "--count", 40, *options)

        fun evaluations(): List<Path> = run.resolve("evaluations").listDirectoryEntries().sorted()

        "a TorchScript file measures samples, and is named with every figure" {
            val done =
                eval("--extractor", torch.resolve("like-inception.pt"), "--preprocessing", "bytes")
            withClue(done.err) { done.code shouldBe 0 }
            done.out.lines().first() shouldMatch "frechet_distance \\(like-inception\\) +\\d\\S*"
            done.out shouldNotContain "FID"
            done.err shouldContain "with return_features=True"
            done.err shouldContain "40 real and 40 fake samples, 5 features"
            val file = evaluations().single()
            file.name shouldMatch "000002\\.like-inception-[0-9a-f]{8}\\.json"
            val json = Json.parseToJsonElement(file.readText()).jsonObject
            json.getValue("extractor").jsonPrimitive.content shouldBe "like-inception"
            json.getValue("features").jsonPrimitive.content shouldMatch
                "like-inception.pt \\(SHA-256 [0-9a-f]{64}\\), with return_features=True, .*" +
                    "; preprocessing bytes: bytes 0 to 255 .*, 3 channels"
        }

        "files of different extractors or preprocessing do not overwrite each other" {
            val gray = listOf("--extractor", onnx.resolve("gray-pairs.onnx"), "--preprocessing")
            eval(*gray.toTypedArray(), "signed").code shouldBe 0
            eval(*gray.toTypedArray(), "unit").code shouldBe 0
            eval().code shouldBe 0
            val before = evaluations().associateWith { it.readText() }
            before.keys.map { it.name.replace(Regex("-[0-9a-f]{8}\\."), ".") } shouldContainExactly
                listOf(
                    "000002.gray-pairs.json",
                    "000002.gray-pairs.json",
                    "000002.json",
                    "000002.like-inception.json",
                )
            eval(*gray.toTypedArray(), "signed").code shouldBe 0
            evaluations().associateWith { it.readText() } shouldBe before
        }

        "both runtimes measure the same network alike" {
            fun distance(file: Path): Double {
                val done = eval("--extractor", file, "--preprocessing", "signed", "--seed", 3)
                withClue(done.err) { done.code shouldBe 0 }
                val written = done.err.lines().last { it.endsWith(".json") }
                return Json.parseToJsonElement(Path.of(written).readText())
                    .jsonObject
                    .getValue("metrics")
                    .jsonArray[0]
                    .jsonObject
                    .getValue("figures")
                    .jsonObject
                    .getValue("frechet_distance")
                    .jsonPrimitive
                    .double
            }
            val bySelf = distance(torch.resolve("gray.pt"))
            distance(onnx.resolve("gray-pairs.onnx")) shouldBe (bySelf plusOrMinus 1e-4 * bySelf)
            bySelf shouldNotBe 0.0
        }

        "a TorchScript file measures the samples of the other engine too" {
            val done =
                eval(
                    "--engine",
                    "nd4j",
                    "--extractor",
                    torch.resolve("gray.pt"),
                    "--preprocessing",
                    "signed",
                )
            withClue(done.err) { done.code shouldBe 0 }
            done.out.lines().first() shouldContain "frechet_distance (gray)"
        }

        "one of several outputs is chosen by name" {
            val done =
                eval(
                    "--extractor",
                    onnx.resolve("heads.onnx"),
                    "--preprocessing",
                    "imagenet",
                    "--features",
                    "pool",
                )
            done shouldBe
                Outcome(
                    2,
                    "",
                    "${onnx.resolve("heads.onnx")}: no output 'pool'; " +
                        "there is maps (N, 5, 3, 3), logits (N, 3)\n",
                )
        }

        "a mismatch is reported before a sample is generated" {
            val heads = onnx.resolve("heads.onnx")
            eval("--extractor", heads, "--preprocessing", "unit") shouldBe
                Outcome(
                    2,
                    "",
                    "$run: $heads: takes (N, 3, 6, 8); samples after preprocessing 'unit' are " +
                        "(N, 1, 8, 8); no preprocessing makes them so\n",
                )
            val like = torch.resolve("like-inception.pt")
            eval("--extractor", like, "--preprocessing", "unit@9") shouldBe
                Outcome(
                    2,
                    "",
                    "$like: a TorchScript file is a program and runs now; use only files that you trust\n" +
                        "$run: $like: AssertionError; samples after preprocessing 'unit@9' are " +
                        "(N, 1, 9, 9)\n",
                )
        }

        "bad options are refused in one line" {
            val gray = torch.resolve("gray.pt")
            eval("--extractor", gray) shouldBe
                Outcome(
                    2,
                    "",
                    "--preprocessing must say what $gray takes, one of inception2015, bytes, unit, " +
                        "signed, imagenet, dinov2, or e.g. imagenet@224\n",
                )
            eval("--extractor", "dinov2") shouldBe
                Outcome(
                    2,
                    "",
                    "--extractor: networks of DINOv2 do not come with Sparring; expected the file " +
                        "of one, as ONNX or TorchScript, with --preprocessing dinov2\n",
                )
            eval("--extractor", "dinov2.onnx", "--preprocessing", "dinov2") shouldBe
                Outcome(
                    2,
                    "",
                    "dinov2.onnx: no such file; expected a network as ONNX or TorchScript\n",
                )
            eval("--extractor", gray, "--preprocessing", "raw") shouldBe
                Outcome(
                    2,
                    "",
                    "--preprocessing: no preprocessing 'raw'; there is inception2015, bytes, unit, " +
                        "signed, imagenet, dinov2, and with a size e.g. unit@64\n",
                )
            eval("--preprocessing", "unit") shouldBe
                Outcome(
                    2,
                    "",
                    "--preprocessing: needs --extractor FILE; other features have nothing to choose\n",
                )
            eval("--extractor", "pixels", "--features", "pool") shouldBe
                Outcome(
                    2,
                    "",
                    "--features: needs --extractor FILE; other features have nothing to choose\n",
                )
            eval("--extractor", "inception", "--preprocessing", "bytes") shouldBe
                Outcome(
                    2,
                    "",
                    "inception: expected a file ending in .onnx, .pt, .torchscript, .ts\n",
                )
            eval("--extractor", "missing.onnx", "--preprocessing", "bytes") shouldBe
                Outcome(
                    2,
                    "",
                    "missing.onnx: no such file; expected a network as ONNX or TorchScript\n",
                )
            val folder = bench.path("folder.onnx").createDirectory()
            eval("--extractor", folder, "--preprocessing", "bytes") shouldBe
                Outcome(
                    2,
                    "",
                    "$folder: it is a folder; expected a network as ONNX or TorchScript\n",
                )
            val broken = bench.file("broken.onnx", "nothing")
            eval("--extractor", broken, "--preprocessing", "bytes") shouldBe
                Outcome(
                    2,
                    "",
                    "$broken: cannot be used as an ONNX model: " +
                        "Failed to load model because protobuf parsing failed.\n",
                )
        }

        "a file does not pass for another extractor" {
            val file = torch.resolve("gray.pt").copyTo(bench.path("pixels.pt"))
            val done = eval("--extractor", file, "--preprocessing", "signed")
            done.out.lines().first() shouldContain "frechet_distance (pixels.pt)"
            evaluations().filter { it.name.startsWith("000002.pixels.pt-") } shouldHaveSize 1
        }

        "points take no extractor" {
            val ring = bench.path("ring")
            bench
                .sparring("train", "../../samples/recipes/ring.yaml", "--out", ring, "--steps", 1)
                .code shouldBe 0
            bench.sparring("eval", ring, "--extractor", "pixels") shouldBe
                Outcome(
                    2,
                    "",
                    "--extractor: points of a mixture are compared as they are, and measured by the " +
                        "modes that they fall on, without features\n",
                )
        }
    })
