package dev.sparring.kotlindl

import dev.sparring.dsl.GanScope
import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.digits
import dev.sparring.dsl.gan
import dev.sparring.dsl.sn
import dev.sparring.layer.BatchNorm.batchNorm
import dev.sparring.layer.ConcatLabels
import dev.sparring.layer.ConditionalBatchNorm
import dev.sparring.layer.Conv.conv
import dev.sparring.layer.ConvTranspose.convTranspose
import dev.sparring.layer.Dense
import dev.sparring.layer.Dense.dense
import dev.sparring.layer.Relu.relu
import dev.sparring.layer.Reshape.reshape
import dev.sparring.layer.Residual
import dev.sparring.layer.Skip
import dev.sparring.layer.Stack
import dev.sparring.layer.Tanh.tanh
import dev.sparring.network.Network
import dev.sparring.network.Sampler
import dev.sparring.plan.NetworkPlan
import dev.sparring.random.Seed
import dev.sparring.recipe.Generator
import dev.sparring.recipe.Latent
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.run.RunRecorder
import dev.sparring.run.Runs
import dev.sparring.tensor.Engine
import dev.sparring.tensor.Shape
import dev.sparring.train.Training
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.floats.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import org.jetbrains.kotlinx.dl.api.core.SavingFormat
import org.jetbrains.kotlinx.dl.api.core.layer.weights
import org.jetbrains.kotlinx.dl.api.inference.TensorFlowInferenceModel
import org.jetbrains.kotlinx.dl.dataset.OnHeapDataset

class ServingSpec :
    FunSpec({
        val engine = autoClose(openTorch())

        fun small(): Network =
            randomGenerator(
                engine,
                5,
                dense(3 * 2 * 3),
                reshape(3, 2, 3),
                batchNorm(),
                relu(),
                convTranspose(4).kernel(3).outputPadding(1),
                conv(2),
                tanh(),
            )

        test("a trained run serves what our sampler makes") {
            val run = trained(tempdir().toPath(), engine)
            val ours = Runs.sampler(run, RecipeText.read(run.recipe()), engine)
            val own = openTorch().use { run.toKotlinDl(it) } // its engine is closed by now
            own.use {
                it.sampleShape shouldBe Shape.of(1, 8, 8)
                it.sample(200, 11) shouldBeCloseTo ours.sample(200, 11)
                it.sample(0, 11).size shouldBe 0
                it.sample(3, 11).toList() shouldBe it.sample(3, 11).toList()
                it.sample(3, 11).toList() shouldNotBe it.sample(3, 12).toList()
            }
        }

        test("a folder without a run is refused in one line") {
            val recipe = gan { smallDigits(steps = 1) }
            val nowhere = RunDirectory(tempdir().toPath())
            shouldThrow<RunException> { nowhere.toKotlinDl(recipe, engine) }.message shouldBe
                "${nowhere.path()}: no run with a checkpoint here; expected a run directory"
        }

        test("what is trained later does not reach what is served") {
            val training = Training.of(gan { smallDigits(steps = 3) }, engine)
            training.networks().getValue("generator").toKotlinDl().use { before ->
                val samples = training.sampler().sample(4, 1)
                training.run()
                before.sample(4, 1) shouldBeCloseTo samples
                training.networks().getValue("generator").toKotlinDl().use { after ->
                    after.sample(4, 1) shouldBeCloseTo training.sampler().sample(4, 1)
                    after.sample(4, 1).toList() shouldNotBe before.sample(4, 1).toList()
                }
            }
        }

        test("samples do not depend on their number") {
            small().toKotlinDl().use { served ->
                val all = served.sample(300, 2)
                val size = served.sampleShape.elements()
                for (count in listOf(1, 127, 129)) {
                    difference(served.sample(count, 2), all.copyOf(count * size)) shouldBeLessThan
                        1e-6f
                }
            }
        }

        test("two models at once, from several threads, one of them closed") {
            val other = randomGenerator(engine, 7, dense(4), tanh())
            val first = small().toKotlinDl()
            val second = other.toKotlinDl()
            val expected = Sampler(other, Latent.NORMAL).sample(40, 3)
            val threads = Executors.newFixedThreadPool(4)
            val alone = first.sample(40, 3)
            val work = List(20) { Callable { (if (it % 2 == 0) first else second).sample(40, 3) } }
            threads.invokeAll(work).forEachIndexed { i, samples ->
                samples.get() shouldBeCloseTo if (i % 2 == 0) alone else expected
            }
            threads.shutdown()
            first.close()
            first.close()
            second.sample(40, 3) shouldBeCloseTo expected
            second.close()
            shouldThrow<IllegalStateException> { first.sample(1, 0) }.message shouldBe
                "this generator is closed"
        }

        test("the model predicts flat (H, W, C), one by one and in batches, and can be changed") {
            small().toKotlinDl().use { served ->
                val z = FloatArray(5) { it - 2f }
                val expected = served.decode(z, 1)
                val order = toChannelsFirst(3)
                val theirs = Shape.of(4, 6, 2)
                served.sampleShape.channelsLast() shouldBe theirs
                val one = served.model.predictSoftly(z)
                one.permuted(theirs, order) shouldBeCloseTo expected
                val noise = OnHeapDataset.create(arrayOf(z, FloatArray(5), z), FloatArray(3))
                val three = served.model.predictSoftly(noise, 3)
                three[2].permuted(theirs, order) shouldBeCloseTo expected

                val bias = "generator.5_conv2d_bias"
                served.model.getLayer("generator.5").weights = mapOf(bias to arrayOf(0.3f, -9f))
                served.decode(z, 1) shouldNotBe expected
            }
        }

        test("a saved model is read by KotlinDL alone") {
            val folder = tempdir().resolve("served")
            val z = FloatArray(5) { it - 2f }
            val expected =
                small().toKotlinDl().use {
                    it.model.save(folder, SavingFormat.TF_GRAPH_CUSTOM_VARIABLES)
                    it.model.predictSoftly(z)
                }
            TensorFlowInferenceModel.load(folder).use {
                it.reshape(5)
                it.predictSoftly(z) shouldBeCloseTo expected
            }
        }

        test("a layer that KotlinDL does not have is refused by place and name") {
            val layer = small().plan().layers()[4]
            Translation.refusal(layer).message shouldBe
                "generator.4: KotlinDL has no layer like convTranspose 4 3x3 stride 2 pad 1; " +
                    "export to ONNX instead"
        }

        test("refuses composite and conditional layers") {
            val refused =
                listOf(
                    Residual.residual(Dense.dense(5)) to "residual",
                    Skip.skip(Dense.dense(5)) to "skip",
                    Stack.stack(2, Dense.dense(5)) to "stack of 2",
                    ConcatLabels.concatLabels().classes(3) to "concatLabels",
                    ConditionalBatchNorm.conditionalBatchNorm().classes(3) to "conditionalBatchNorm",
                )
            for ((layer, summary) in refused) {
                val spec = Generator.generator(listOf(Dense.dense(5), layer))
                val plan = NetworkPlan.of("generator", spec, Shape.of(5))
                shouldThrow<IllegalArgumentException> {
                        Network.create(plan, engine, Seed(0)).toKotlinDl()
                    }
                    .message shouldBe
                    "generator.1: KotlinDL has no layer like $summary; export to ONNX instead"
            }
        }

        test("refuses a network that takes no noise, in one line") {
            val judge = gan { smallDigits(steps = 1) }.discriminator()
            val plan = NetworkPlan.of("discriminator", judge, Shape.of(1, 8, 8))
            shouldThrow<IllegalArgumentException> {
                    Network.create(plan, engine, Seed(0)).toKotlinDl()
                }
                .message shouldBe
                "discriminator: takes samples of shape (1, 8, 8); a generator takes noise (F)"
        }

        test("refuses noise of another size") {
            small().toKotlinDl().use { served ->
                shouldThrow<IllegalArgumentException> { served.decode(FloatArray(9), 2) }
                    .message shouldBe "z must hold 2 * 5 numbers, one row a sample, got 9"
                shouldThrow<IllegalArgumentException> { served.sample(-1, 2) }.message shouldBe
                    "count must be >= 0, got -1"
            }
        }
    })

private fun trained(folder: Path, engine: Engine): RunDirectory {
    val recipe = gan { smallDigits(steps = 8) }
    val run = RunDirectory(folder.resolve("run"))
    Training.of(recipe, engine)
        .listen(RunRecorder.fresh(run, RecipeText.toYaml(recipe, full = true)))
        .run()
    return run
}

/** The digits of the samples, a little smaller, with normalized weights in the generator too. */
private fun GanScope.smallDigits(steps: Int) {
    data = digits()
    generator(latent = 16) {
        norm = sn
        dense(4 * 4 * 8)
        reshape(8, 4, 4)
        batchNorm()
        relu()
        convTranspose(8)
        batchNorm()
        relu()
        conv(1)
        tanh()
    }
    discriminator {
        conv(8)
        leakyRelu(0.1)
        flatten()
        dense(1)
    }
    train(steps = steps, batch = 16)
}
