package dev.sparring.cli

import dev.sparring.cli.readme.Readme
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldEndWith
import java.nio.file.Path
import kotlin.io.path.readBytes
import kotlin.io.path.readLines

private val RECIPE =
    Workbench.SMALL.replace(
        "train: { steps: 6, batch: 8 }",
        """
            train:
              steps: 6
              batch: 8
              schedules:
                - { setting: discriminator.norm.scale, to: 0.6, images: 32 }
                - { setting: optimizer.generator.lr, to: 0.0001, shape: cosine }
        """
            .trimIndent()
            .prependIndent("            ")
            .trimStart(),
    )

/** Numbers that change while a recipe trains, seen from the command line. */
class ScheduledSpec :
    FreeSpec({
        val bench = workbench()
        val file = bench.file("scheduled.yaml", RECIPE)

        "check says how they change" {
            bench.sparring("check", file).out shouldContain
                "discriminator.norm.scale from 1.4 to 0.6 in 32 images, linear(start 0, end 0); 0.6 in the last step, 6\n" +
                    "optimizer.generator.lr from 2e-4 to 1e-4 in the run, cosine(end 0); " +
                    "1.06699e-4 in the last step, 6\n"
        }

        "metrics have them, and a resumed run ends as a whole one" {
            val whole = bench.path("whole")
            val part = bench.path("part")
            bench.sparring("train", file, "--out", whole).code shouldBe 0
            bench.sparring("train", file, "--out", part, "--stop-after", 3)
            bench.sparring("train", file, "--out", part, "--resume").err shouldContain
                "resuming after step 3"
            for (name in listOf("generator", "discriminator", "training")) {
                val end = "checkpoints/000006/$name.safetensors"
                part.resolve(end).readBytes() shouldBe whole.resolve(end).readBytes()
            }
            fun scales(run: Path): List<Double> {
                val rows = run.resolve("metrics.csv").readLines()
                val at = rows[0].split(',').indexOf("scheduled.discriminator.norm.scale")
                return rows.drop(1).map { it.split(',')[at].toDouble() }
            }
            scales(whole).zip(listOf(1.4, 1.2, 1.0, 0.8, 0.6, 0.6)) { found, wanted ->
                found shouldBe (wanted plusOrMinus 1e-12)
            }
            scales(part) shouldBe scales(whole)
        }

        "the paper's recipe trains at a small width with all its schedules" {
            val paper = Readme.ROOT.resolve("samples/recipes/r3gan-cifar10.yaml")
            val checked = bench.sparring("check", paper)
            checked.code shouldBe 0
            checked.out shouldContain
                "terms.0.gamma from 0.05 to 0.005 in 20,000,000 images, cosine(end 0); 0.005 in the last step"
            val block = "blocks.0.layers.0.layers"
            val small =
                listOf(
                        "data={ type: noise, channels: 3, height: 32, width: 32 }",
                        "$block.0.filters=16",
                        "$block.2.filters=16",
                        "$block.2.groups=2",
                        "$block.4.filters=8",
                        "generator.layers.0.units=8",
                        "discriminator.layers.0.filters=8",
                        "discriminator.layers.12.filters=8",
                        "discriminator.layers.12.groups=8",
                        "train.batch=4",
                        "train.steps=2",
                        "train.schedules.7.images=4",
                        "evaluate=null",
                        "output={ sampleCount: 4, diagnosticsEvery: 0 }",
                    )
                    .flatMap { listOf("--set", it) }
                    .toTypedArray()
            val run = bench.path("paper")
            bench.sparring("train", paper, "--out", run, *small).code shouldBe 0
            val rows = run.resolve("metrics.csv").readLines()
            val flips = rows[0].split(',').indexOf("scheduled.augment.0.probability")
            rows.drop(1).map { it.split(',')[flips].toDouble() } shouldBe listOf(0.0, 0.55)
        }

        "a number that stays as it is is refused with its place" {
            val refused =
                bench.sparring("check", file, "--set", "train.schedules.1.setting=train.batch")
            refused.code shouldBe 2
            refused.err shouldContain
                "train.schedules.1: train.batch is a whole number: a size, a count or a seed stays"
            refused.err.trim().lines().size shouldBe 1
            bench
                .sparring("check", file, "--set", "train.schedules.0.to=-1")
                .err
                .trim() shouldEndWith
                "discriminator.norm.scale: -0.4 in step 4: scale must be > 0, got -0.4"
        }
    })
