package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.readText

class CommandsSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)

        "check prints a line for each layer" {
            val checked = bench.sparring("check", recipe)
            checked.code shouldBe 0
            withoutMemory(checked.out) shouldBe
                """
                small: samples (1, 8, 8), loss hinge

                generator: 393 parameters, adam(lr 2e-4, beta1 0.5, beta2 0.999, eps 1e-8, epsHat false, weightDecay 0)
                   layer                               output     parameters  initializer               normalization
                   input                               (4)
                0  dense 64                            (64)              320  normal(mean 0, std 0.02)  none
                1  reshape (4, 4, 4)                   (4, 4, 4)
                2  batchNorm                           (4, 4, 4)           8  ones
                3  relu                                (4, 4, 4)
                4  convTranspose 1 4x4 stride 2 pad 1  (1, 8, 8)          65  normal(mean 0, std 0.02)  none
                5  tanh                                (1, 8, 8)

                discriminator: 133 parameters, adam(lr 2e-4, beta1 0.5, beta2 0.999, eps 1e-8, epsHat false, weightDecay 0)
                   layer                      output     parameters  initializer               normalization
                   input                      (1, 8, 8)
                0  conv 4 4x4 stride 2 pad 1  (4, 4, 4)          68  normal(mean 0, std 0.02)  bssn(scale 1.4)
                1  leakyRelu 0.1              (4, 4, 4)
                2  dropout 0.2                (4, 4, 4)
                3  flatten                    (64)
                4  dense 1                    (1)                65  normal(mean 0, std 0.02)  bssn(scale 1.4)
                the gradient of its score is at most 19.6 long: the product of its layers' norms

                conventions sparring  generator                 discriminator
                init                  normal(mean 0, std 0.02)  normal(mean 0, std 0.02)
                biasInit              zeros                     zeros
                fans                  forward                   forward
                batchNorm eps         1e-5
                batchNorm momentum    0.1
                border of conv        1                         1
                optimizer eps         1e-8                      1e-8
                optimizer epsHat      false                     false

                """
                    .trimIndent()
        }

        "check says what a convention decides, and marks the recipe's own settings with a star" {
            val checked =
                bench.sparring(
                    "check",
                    recipe,
                    "--set",
                    "conventions=keras",
                    "--set",
                    "generator.init=orthogonal",
                    "--set",
                    "generator.layers.2.eps=0.1",
                    "--set",
                    "optimizer.discriminator=rmsProp",
                )
            checked.code shouldBe 0
            withoutMemory(checked.out).substringAfter("\n\nconventions") shouldBe
                """
                 keras     generator            discriminator
                init                  orthogonal(gain 1)*  xavier(distribution uniform, gain 1)
                biasInit              zeros                zeros
                fans                  pytorch              pytorch
                batchNorm eps         0.1*
                batchNorm momentum    0.01
                border of conv        same                 same
                optimizer eps         1e-7                 1e-7
                optimizer epsHat      true
                optimizer epsInRoot                        true
                optimizer decay                            0.9
                optimizer startAtOne                       false

                """
                    .trimIndent()
        }

        "convert --full writes out what a convention decides" {
            val full =
                bench.sparring(
                    "convert",
                    recipe,
                    "--to",
                    "yaml",
                    "--full",
                    "--set",
                    "conventions=pytorch",
                    "--set",
                    "generator.layers.4.padding=1",
                )
            full.out shouldContain "conventions: pytorch\n"
            full.out shouldContain
                "{ type: he, distribution: uniform, fan: in, gain: 0.5773502691896257 }"
            full.out shouldContain "{ type: batchNorm, eps: 1.0e-5, momentum: 0.1, affine: true, "
            full.out shouldContain "padding: 0"
            val short =
                bench.sparring("convert", recipe, "--to", "yaml", "--set", "conventions=pytorch")
            short.out shouldContain "- batchNorm\n"
        }

        "check says how samples are measured" {
            val evaluate =
                "evaluate={every: 20, extractor: {type: network, file: f.pt, preprocessing: unit}}"
            bench.sparring("check", recipe, "--set", evaluate).out.lines()[1] shouldBe
                "samples are measured: every 20, samples 2000, extractor network(file f.pt, " +
                    "preprocessing unit), seed 0"
        }

        "check says what losses see of scores" {
            val output = "discriminator.output=gradientNorm"
            bench.sparring("check", recipe, "--set", output).out.lines()[1] shouldBe
                "losses see scores as gradientNorm"
        }

        "check names the place of a mismatch" {
            val broken =
                bench.file("broken.yaml", Workbench.SMALL.replace("[4, 4, 4]", "[4, 4, 5]"))
            bench.sparring("check", broken) shouldBe
                Outcome(
                    2,
                    "",
                    "$broken:7:7: generator.layers.1: reshape (4, 4, 5) cannot turn (64), " +
                        "64 numbers, into (4, 4, 5), which holds 80\n",
                )
        }

        "convert gives text that checks and converts back to itself" {
            val json = bench.sparring("convert", recipe, "--to", "json")
            json.code shouldBe 0
            val back = bench.sparring("convert", bench.file("small.json", json.out), "--to", "yaml")
            back.out shouldBe bench.sparring("convert", recipe, "--to", "yaml").out
        }

        "words are the page, or one of them" {
            bench.sparring("words").out shouldBe Path.of("../words.md").readText()
            bench.sparring("words", "leakyRelu").out shouldContain "    slope: number = 0.2\n"
            val unknown = bench.sparring("words", "leakyRelo")
            unknown.code shouldBe ExitCode.BAD_INPUT
            unknown.err shouldBe
                "sparring words: a recipe has no word 'leakyRelo', did you mean 'leakyRelu'?\n"
        }

        "schema is a JSON Schema" {
            bench.sparring("schema", "--sweep").out shouldContain "\"title\": \"Sparring sweep\""
            bench.sparring("schema").out shouldContain
                "https://json-schema.org/draft/2020-12/schema"
        }

        "sample draws from a run" {
            val run = bench.path("run")
            bench.sparring("train", recipe, "--out", run, "--steps", 2).code shouldBe 0
            val picture = bench.path("deep/grid.png")
            val sampled = bench.sparring("sample", run, "--count", 4, "--seed", 7, "--out", picture)
            sampled shouldBe Outcome(0, "$picture\n", "")
            ImageIO.read(picture.toFile()).height shouldBe ImageIO.read(picture.toFile()).width
        }

        "sample refuses a folder as its picture" {
            val folder = bench.path("folder").apply { toFile().mkdirs() }
            bench.sparring("sample", bench.path("run"), "--out", folder) shouldBe
                Outcome(
                    2,
                    "",
                    "--out: '$folder' is a folder; expected a file such as grid.png, " +
                        "or --single\n",
                )
        }

        "an error caused by --set names no line of the file" {
            bench.sparring("check", recipe, "--set", "generator.layers.0.units=63") shouldBe
                Outcome(
                    2,
                    "",
                    "$recipe: generator.layers.1: reshape (4, 4, 4) cannot turn (63), " +
                        "63 numbers, into (4, 4, 4), which holds 64\n",
                )
        }

        "sizes that do not fit into an array are refused" {
            val refused =
                bench.sparring("check", recipe, "--set", "generator.layers.0.units=2000000000")
            refused.code shouldBe 2
            refused.err shouldContain "dense 2000000000 has more numbers than fit into an array"
        }

        "help prints what --help prints, of all commands or of one" {
            val all = bench.sparring("help")
            all shouldBe bench.sparring("--help")
            all.code shouldBe 0
            all.out shouldContain "  train "
            all.out shouldContain "  help "
            val one = bench.sparring("help", "sweep")
            one shouldBe bench.sparring("sweep", "--help")
            one.out shouldStartWith "Usage: sparring sweep "
        }

        "a mistyped extractor is no file" {
            bench.sparring("eval", bench.path("run"), "--extractor", "classifer").err shouldBe
                "--extractor: classifer: no such file; did you mean 'classifier'?\n"
        }

        "bad input is one line and exit code 2" -
            {
                val run = bench.path("nothing")
                listOf(
                        listOf("frobnicate") to
                            "sparring: unknown command 'frobnicate'; there is train, run, sample, ",
                        listOf("trian", "x.yaml") to
                            "sparring: unknown command 'trian'; did you mean 'train'?; see: " +
                                "sparring --help",
                        listOf("--hlep") to
                            "sparring: unknown option '--hlep'; did you mean '--help'?; see: ",
                        listOf("check", "$recipe", "--sett=a=b") to
                            "sparring: unknown option '--sett'; did you mean '--set'?; see: " +
                                "sparring check --help",
                        listOf("check", "$recipe", "other.yaml") to
                            "sparring: unexpected 'other.yaml'; check takes no more words",
                        listOf("check", "a\u0000b.yaml") to
                            "sparring: Invalid value for positional parameter at index 0 (RECIPE): " +
                                "'a\\u0000b.yaml': no file can be named so: Nul character not allowed",
                        listOf("sample", "$run", "--out", "a\u0000b") to
                            "sparring: Invalid value for option '--out': 'a\\u0000b': no file can be",
                        listOf("train", "$recipe", "--init", "a\u0000b") to
                            "sparring: Invalid value for option '--init': ",
                        listOf("check", "$recipe", "--with", "a\u0000b") to
                            "sparring: Invalid value for option '--with'",
                        listOf("sweep", "$recipe", "--out", "") to
                            "sparring: Invalid value for option '--out': '' is empty; expected a path",
                        listOf("sample", "$run", "--out", "  ") to
                            "sparring: Invalid value for option '--out': '  ' is empty",
                        listOf("report", "") to
                            "sparring: Invalid value for positional parameter at index 0",
                        listOf("check", "$recipe", "--set", "name=a/b") to
                            "--set name=a/b: name: must be letters, digits, ",
                        listOf("check", "$recipe", "--set", "name=..") to
                            "--set name=..: name: must be ",
                        listOf("check", "$recipe", "--set", "name=CON") to
                            "--set name=CON: name: must not be a device of Windows",
                        listOf("check", "$recipe", "--set", "name=nul.txt") to
                            "--set name=nul.txt: name: must not be a device of Windows",
                        listOf("check", "$recipe", "--set", "name=end.") to
                            "--set name=end.: name: must not end with a dot",
                        listOf("check", "$recipe", "--set", "name=${"n".repeat(256)}") to
                            "--set name=nnn",
                        listOf("train", "$recipe", "--init", "$recipe") to
                            "$recipe: not a safetensors file: ",
                        listOf<String>() to "sparring: missing command: one of ",
                        listOf("check", "none.yaml") to
                            "none.yaml: no such file; expected a .gan.kts, .yaml or .json recipe",
                        listOf("check", "${recipe.parent}") to
                            "${recipe.parent}: it is a folder; expected a .gan.kts, .yaml or ",
                        listOf("check", "$recipe", "--with", "${recipe.parent}") to
                            "--with: ${recipe.parent}: it is a folder; expected a jar",
                        listOf("sample", "$run") to
                            "$run: no run here; expected a run directory with a recipe.yaml",
                        listOf("export", "$run", "--to", "onnx") to
                            "$run: no run here; expected a run directory with a recipe.yaml",
                        listOf("export", "$run") to
                            "sparring: Missing required option: '--to=onnx|tensorboard'",
                        listOf("export", "$run", "--to", "tflite") to
                            "sparring: --to: expected onnx or tensorboard, got 'tflite'; see: ",
                        listOf("export", "$run", "--to", "onxx") to
                            "sparring: --to: expected onnx or tensorboard, got 'onxx'; did you " +
                                "mean 'onnx'?; see: sparring export --help",
                        listOf("sample", "$run", "--interpolate=slrep") to
                            "sparring: --interpolate: expected lerp or slerp, got 'slrep'; did you " +
                                "mean 'slerp'?",
                        listOf("train", "--resme") to
                            "sparring: unknown option '--resme'; did you mean '--resume'?; see: " +
                                "sparring train --help",
                        listOf("eval", "--extracter", "pixels") to
                            "sparring: unknown option '--extracter'; did you mean '--extractor'?",
                        listOf("help", "trian") to
                            "sparring help: unknown command 'trian'; did you mean 'train'?",
                        listOf("help", "bench-measure") to
                            "sparring help: unknown command 'bench-measure'; ",
                        listOf("train", "$recipe", "--device", "tpu") to
                            "--device: unknown device 'tpu': expected cpu, cuda or cuda:INDEX",
                        listOf("train", "$recipe", "--engine", "abacus") to
                            "--engine: no engine 'abacus' on the class path; there is nd4j, torch\n",
                        listOf("train", "$recipe", "--engine", "tocrh") to
                            "--engine: no engine 'tocrh' on the class path; there is nd4j, " +
                                "torch; did you mean 'torch'?",
                        listOf("train", "$recipe", "--steps", "many") to
                            "sparring: Invalid value for option '--steps': expected a whole number " +
                                "up to 2147483647, got 'many'; see: ",
                        listOf("train", "$recipe", "--init", "none.safetensors") to
                            "none.safetensors: no such file",
                    )
                    .forEach { (args, message) ->
                        val where =
                            if (args.firstOrNull() == "train") listOf("--out", "$run") else listOf()
                        "sparring ${args.joinToString(" ")}" {
                            val refused = bench.sparring(*(args + where).toTypedArray())
                            refused.code shouldBe 2
                            refused.out shouldBe ""
                            refused.err shouldStartWith message
                            refused.err.trim().lines().size shouldBe 1
                        }
                    }
            }
    })

private val MEMORY =
    Regex(
        "\nmemory: about \\d+ MB on torch: \\d+ MB for networks and a step, \\d+ MB for Java's and " +
            "the engine's code, and \\d+ MB of Java's heap, with \\d+ MB of data\n"
    )

/** What `check` prints but for the estimate of memory, which has to be there. */
private fun withoutMemory(printed: String): String {
    MEMORY.containsMatchIn(printed) shouldBe true
    return MEMORY.replace(printed, "\n").trimEnd() + "\n"
}
