package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.maps.shouldNotBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import javax.imageio.ImageIO
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeText

class TrainSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)

        "a run leaves provenance, recipe, metrics, samples and checkpoints" {
            val run = bench.path("whole")
            val done = bench.sparring("train", recipe, "--out", run)
            done.code shouldBe 0
            done.out shouldBe "$run\n"
            Workbench.contents(run).keys shouldContainAll
                setOf(
                    "run.json",
                    "recipe.yaml",
                    "metrics.csv",
                    "samples/000006.png",
                    "checkpoints/000006/generator.safetensors",
                    "checkpoints/000006/discriminator.safetensors",
                    "checkpoints/000006/training.safetensors",
                    "checkpoints/000006/state.json",
                )
            val metrics = run.resolve("metrics.csv").readLines()
            metrics.first() shouldStartWith "step,seconds,loss_d,loss_g,d_real,"
            metrics.drop(1).map { it.substringBefore(',') } shouldContainExactly
                (1..6).map { "$it" }
            val provenance = run.resolve("run.json").readText()
            provenance shouldContain "\"status\" : \"completed\""
            provenance shouldContain "\"engine\" : \"torch\""
            ImageIO.read(run.resolve("samples/000006.png").toFile()).width shouldNotBe 0
        }

        "the recipe in the run directory trains to the same weights" {
            val again = bench.path("again")
            bench.sparring("train", bench.path("whole").resolve("recipe.yaml"), "--out", again)
            weights(again) shouldBe weights(bench.path("whole"))
        }

        "another seed gives other weights" {
            val other = bench.path("other")
            bench.sparring("train", recipe, "--out", other, "--seed", 43).code shouldBe 0
            weights(other) shouldNotBe weights(bench.path("whole"))
        }

        "a run that is resumed ends in the same bits as one that was not interrupted" {
            val run = bench.path("resumed")
            bench.sparring("train", recipe, "--out", run, "--steps", 4).code shouldBe 0
            val resumed = bench.sparring("train", recipe, "--out", run, "--resume")
            resumed.code shouldBe 0
            resumed.err shouldContain "resuming after step 4"
            weights(run) shouldBe weights(bench.path("whole"))
            run.resolve("metrics.csv").readLines().map { it.substringBefore(',') } shouldBe
                listOf("step") + (1..6).map { "$it" }
        }

        "a resumed run refuses another recipe, and says what differs" {
            val refused =
                bench.sparring(
                    *arrayOf("train", recipe, "--out", bench.path("resumed"), "--resume"),
                    *arrayOf("--set", "train.batch=16"),
                )
            refused.code shouldBe 2
            refused.err shouldContain "batch: 8"
            refused.err shouldContain "batch: 16"
        }

        "a directory with a run is not overwritten" {
            val refused = bench.sparring("train", recipe, "--out", bench.path("whole"))
            refused shouldBe
                Outcome(
                    2,
                    "",
                    "${bench.path("whole")}: has a run already; --resume goes on with it, " +
                        "--out names another place\n",
                )
        }

        "a folder with a user's own recipe.yaml is not written to" {
            val own = bench.path("own").apply { toFile().mkdirs() }
            val recipeThere = bench.file("own/recipe.yaml", Workbench.SMALL)
            val before = recipeThere.readText()
            bench.sparring("train", recipeThere, "--out", own).code shouldBe 2
            recipeThere.readText() shouldBe before
        }

        "a run that was killed before its first checkpoint starts again on --resume" {
            val run = bench.path("dead")
            run.resolve("checkpoints/.000000.part").toFile().mkdirs()
            bench.sparring("train", recipe, "--out", run).code shouldBe 2
            val again = bench.sparring("train", recipe, "--out", run, "--resume")
            again.code shouldBe 0
            again.err shouldContain "no checkpoint to resume, starting at step 0"
            weights(run) shouldBe weights(bench.path("whole"))
        }

        "a run cannot be resumed to fewer steps than it has done" {
            val run = bench.path("whole")
            bench.sparring("train", recipe, "--out", run, "--steps", 3, "--resume") shouldBe
                Outcome(2, "", "$run: has done 6 steps already, train.steps is 3\n")
        }

        "a run does not go on with other data" {
            val run = bench.path("other-data")
            bench.sparring("train", recipe, "--out", run, "--steps", 2).code shouldBe 0
            val provenance = run.resolve("run.json")
            val own = provenance.readText()
            provenance.writeText(
                provenance.readText().replace(Regex("\"data\" : \"\\w+"), "\"data\" : \"00")
            )
            val refused = bench.sparring("train", recipe, "--out", run, "--resume")
            refused.code shouldBe 2
            for (look in listOf("eval", "reproduce")) {
                val looked = bench.sparring(look, run)
                looked.code shouldBe 2
                looked.err shouldContain "00"
                looked.err shouldContain "data"
            }
            provenance.writeText(own)
            bench.sparring("eval", run, "--count", 60).code shouldBe 0
            refused.err shouldContain
                "the run was begun on other data, of SHA-256 00; this data has "
        }

        "weights can come from a file" {
            val run = bench.path("initialized")
            val weights = bench.path("whole").resolve("checkpoints/000006/generator.safetensors")
            bench
                .sparring("train", recipe, "--out", run, "--init", weights, "--steps", 1)
                .code shouldBe 0
            // Running statistics and weights of step 0 are those of the file, the rest is drawn.
            val start = run.resolve("checkpoints/000000")
            start.resolve("generator.safetensors").readBytes() shouldBe weights.readBytes()
        }

        "weights of another network are refused by name" {
            val refused =
                bench.sparring(
                    *arrayOf("train", recipe, "--out", bench.path("misfit"), "--init"),
                    bench.path("whole").resolve("checkpoints/000006/training.safetensors"),
                )
            refused.code shouldBe 2
            refused.err shouldContain "does not fit the recipe's networks: it has "
        }

        "a run that diverges says when and where, keeps a whole checkpoint and exits with 3" {
            val run = bench.path("diverged")
            val diverged =
                bench.sparring(
                    *arrayOf("train", recipe, "--out", run, "--set", "loss=leastSquares"),
                    *arrayOf("--set", "optimizer.discriminator={type: sgd, lr: 1e30}"),
                    *arrayOf("--set", "discriminator.norm=none"),
                )
            diverged.code shouldBe 3
            diverged.err.lines().first { it.startsWith("sparring:") } shouldStartWith
                "sparring: diverged at step "
            diverged.err shouldContain "discriminator."
            run.resolve("run.json").readText() shouldContain "\"status\" : \"diverged\""
            run.resolve("checkpoints/000000/state.json").exists() shouldBe true
        }

        "two-dimensional samples are drawn as a scatter plot" {
            val ring =
                bench.file(
                    "ring.yaml",
                    """
                    data: ring
                    generator: { latent: 2, layers: [{ type: dense, units: 2 }] }
                    discriminator: { layers: [{ type: dense, units: 1 }] }
                    train: { steps: 2, batch: 16 }
                    """,
                )
            val run = bench.path("ring")
            bench.sparring("train", ring, "--out", run).code shouldBe 0
            ImageIO.read(run.resolve("samples/000002.png").toFile()).width shouldBe 600
        }

        "only the newest checkpoints are kept" {
            val run = bench.path("pruned")
            bench
                .sparring(
                    *arrayOf("train", recipe, "--out", run),
                    *arrayOf("--set", "output.checkpointsEvery=2"),
                    *arrayOf("--set", "output.keepCheckpoints=2"),
                )
                .code shouldBe 0
            run.resolve("checkpoints").toFile().list()!!.sorted() shouldBe
                listOf("000004", "000006")
        }
    })

private fun java.nio.file.Path.readBytes(): List<Byte> = toFile().readBytes().toList()

/** The files of the last checkpoint, without the wall clock. */
private fun weights(run: java.nio.file.Path): Map<String, List<Byte>> {
    val files = Workbench.contents(run.resolve("checkpoints/000006"))
    files.shouldNotBeEmpty()
    return files.filterKeys { it != "state.json" }
}
