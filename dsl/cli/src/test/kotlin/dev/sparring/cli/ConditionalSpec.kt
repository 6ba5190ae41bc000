package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import javax.imageio.ImageIO
import kotlin.io.path.readBytes

/** Composite layers and classes of samples, through the commands. */
class ConditionalSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("nested.yaml", NESTED)
        val run = bench.path("run")

        "check prints inner layers below their layer" {
            // What follows is of conventions.
            bench.sparring("check", recipe).out.substringBefore("conventions").trimEnd() shouldBe
                """
                nested: samples (1, 8, 8), loss hinge

                generator: 1,253 parameters, adam(lr 2e-4, beta1 0.5, beta2 0.999, eps 1e-8, epsHat false, weightDecay 0)
                            layer                               output     parameters  initializer               normalization
                            input                               (4)
                0           concatLabels                        (14)
                1           dense 64                            (64)              960  normal(mean 0, std 0.02)  none
                2           reshape (4, 4, 4)                   (4, 4, 4)
                3           residual                            (4, 4, 4)         228
                3.layers.0    conditionalBatchNorm              (4, 4, 4)          80  ones
                3.layers.1    conv 4 3x3 pad 1                  (4, 4, 4)         148  normal(mean 0, std 0.02)  none
                4           convTranspose 1 4x4 stride 2 pad 1  (1, 8, 8)          65  normal(mean 0, std 0.02)  none
                5           tanh                                (1, 8, 8)

                discriminator: 241 parameters, adam(lr 2e-4, beta1 0.5, beta2 0.999, eps 1e-8, epsHat false, weightDecay 0)
                               layer                 output     parameters  initializer               normalization
                               input                 (1, 8, 8)
                0              residualBlock 4 down  (4, 4, 4)         196
                0.layers.0       conv 4 3x3 pad 1    (4, 8, 8)          40  normal(mean 0, std 0.02)  sn(mode scale)
                0.layers.1       relu                (4, 8, 8)
                0.layers.2       conv 4 3x3 pad 1    (4, 8, 8)         148  normal(mean 0, std 0.02)  sn(mode scale)
                0.layers.3       avgPool 2x2         (4, 4, 4)
                0.shortcut.0     avgPool 2x2         (1, 4, 4)
                0.shortcut.1     conv 4 1x1          (4, 4, 4)           8  normal(mean 0, std 0.02)  sn(mode scale)
                1              globalSumPool         (4)
                2              projection            (1)                45
                2.linear.0       dense 1             (1)                 5  normal(mean 0, std 0.02)  sn(mode scale)
                2.embedding.0    embedding 4         (4)                40  normal(mean 0, std 0.02)  sn(mode scale)
                """
                    .trimIndent()
        }

        "a run has its classes in columns, and sample draws one of them" {
            bench.sparring("train", recipe, "--out", run, "--steps", 2).code shouldBe 0
            val (all, three) = listOf("all.png", "three.png").map(bench::path)
            bench.sparring("sample", run, "--count", 20, "--out", all).code shouldBe 0
            bench.sparring("sample", run, "--count", 20, "--class", 3, "--out", three) shouldBe
                Outcome(0, "$three\n", "")
            val columns = ImageIO.read(all.toFile())
            val square = ImageIO.read(three.toFile())
            // Ten columns and two rows of 8 pixels, seven times as large, and 2 pixels between.
            (columns.width to columns.height) shouldBe (10 * 58 + 2 to 2 * 58 + 2)
            (square.width to square.height) shouldBe (5 * 122 + 2 to 4 * 122 + 2)
            val other = bench.path("four.png")
            bench.sparring("sample", run, "--count", 20, "--class", 4, "--out", other)
            other.readBytes().toList() shouldNotBe three.readBytes().toList()
        }

        "unknown classes are refused" {
            bench.sparring("sample", run, "--class", 10) shouldBe
                Outcome(2, "", "--class must be 0 to 9, got 10\n")
            val plain = bench.path("plain")
            bench.sparring("train", bench.file("s.yaml", Workbench.SMALL), "--out", plain)
            bench.sparring("sample", plain, "--class", 1) shouldBe
                Outcome(2, "", "--class: the generator of $plain knows no classes\n")
        }

        "a path through the noise has one class" {
            bench.sparring("sample", run, "--interpolate", "slerp") shouldBe
                Outcome(
                    2,
                    "",
                    "--interpolate: the generator of $run is conditional, and a path has one " +
                        "class; expected --class with 0 to 9\n",
                )
            val gif = bench.path("three.gif")
            val options = arrayOf("--interpolate", "slerp", "--class", "3", "--count", "2")
            bench.sparring("sample", run, *options, "--out", gif) shouldBe Outcome(0, "$gif\n", "")
        }

        "eval measures samples of all classes" {
            val done = bench.sparring("eval", run, "--count", 100)
            done.code shouldBe 0
            done.out shouldContain "frechet"
        }

        "export asks for labels" {
            bench.sparring("export", run, "--to", "onnx").err shouldContain
                "latent (batch, 4), labels (batch, 10) -> image (batch, 1, 8, 8)"
        }

        "probe reads what is inside, too" {
            val read = bench.sparring("probe", recipe)
            read.err shouldBe ""
            read.out shouldContain "3.layers.1"
        }

        "sample recipes of classes and blocks train" {
            val settings =
                mapOf(
                    "cgan" to listOf(),
                    "acgan" to listOf(),
                    // Available pictures instead of CIFAR-10.
                    "sngan-resnet-32" to grey(last = 7),
                    "sagan-32" to grey(last = 8),
                )
            for ((name, changes) in settings) {
                val file = "../../samples/recipes/$name.yaml"
                bench.sparring("check", file).code shouldBe 0
                // Singular values of large weights would take longer than all else.
                val few =
                    listOf("train.batch=4", "output.sampleCount=10", "output.diagnosticsEvery=0")
                val options = (changes + few).flatMap { listOf("--set", it) }
                val out = bench.path(name)
                val trained =
                    bench.sparring(
                        "train",
                        file,
                        "--steps",
                        1,
                        "--out",
                        out,
                        *options.toTypedArray(),
                    )
                trained.code shouldBe 0
            }
        }

        "a mismatch inside a layer is reported at its place" {
            val broken = bench.file("broken.yaml", NESTED.replace("filters: 4 }", "filters: 5 }"))
            val refused = bench.sparring("check", broken)
            refused.code shouldBe 2
            refused.err shouldStartWith "$broken:9:7: generator.layers.3: residual adds (5, 4, 4)"
        }
    }) {
    private companion object {
        /**
         * @param last the generator's last convolution, which makes one channel instead of three
         */
        fun grey(last: Int) =
            listOf(
                "data={type: digits, size: 32}",
                "generator.layers.$last.filters=1",
                "train.generatorBatch=4",
            )

        val NESTED =
            """
            name: nested
            data: digits
            generator:
              latent: 4
              layers:
                - concatLabels
                - { type: dense, units: 64 }
                - { type: reshape, shape: [4, 4, 4] }
                - type: residual
                  layers:
                    - conditionalBatchNorm
                    - { type: conv, filters: 4 }
                - { type: convTranspose, filters: 1 }
                - tanh
            discriminator:
              norm: sn
              layers:
                - { type: residualBlock, filters: 4, resample: down, first: true }
                - globalSumPool
                - projection
            loss: hinge
            train: { steps: 6, batch: 8 }
            output: { sampleCount: 20 }
            """
    }
}
