package dev.sparring.kotlindl

import dev.sparring.layer.Layer
import dev.sparring.network.Network
import dev.sparring.network.Sampler
import dev.sparring.norm.None
import dev.sparring.norm.WeightNorm
import dev.sparring.plan.NetworkPlan
import dev.sparring.random.Seed
import dev.sparring.recipe.Generator
import dev.sparring.recipe.Latent
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engine
import dev.sparring.tensor.Precision
import dev.sparring.tensor.Shape
import dev.sparring.torch.TorchEngine
import io.kotest.assertions.withClue
import io.kotest.matchers.floats.shouldBeGreaterThan
import io.kotest.matchers.floats.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlin.math.abs
import kotlin.random.Random

/** Of samples between -1 and 1, by two libraries in single precision. */
internal const val TOLERANCE = 2e-5f

internal fun openTorch(): Engine = TorchEngine.open(Device.CPU, Precision.FLOAT32)

/**
 * A generator without any number that could hide a mistake: weights, biases, scales, shifts and
 * running statistics are all drawn.
 */
internal fun randomGenerator(
    engine: Engine,
    latent: Int,
    vararg layers: Layer,
    norm: WeightNorm = None.none(),
): Network {
    val spec = Generator.generator(layers.toList())
    val normed =
        Generator(
            latent,
            spec.noise,
            spec.init,
            spec.biasInit,
            spec.initByKind,
            spec.fans,
            norm,
            spec.layers,
        )
    val plan = NetworkPlan.of("generator", normed, Shape.of(latent))
    val network = Network.create(plan, engine, Seed(3))
    val random = Random(5)
    (network.parameters() + network.buffers()).forEach { (path, tensor) ->
        val size = tensor.shape().elements()
        val fanIn = if (tensor.shape().rank() == 1) 4.0 else 1.0 * size / tensor.shape().dim(0)
        val values =
            DoubleArray(size) {
                if (path.endsWith("running_var")) random.nextDouble(0.2, 3.0)
                else random.nextDouble(-1.5, 1.5) / Math.sqrt(fanIn)
            }
        tensor.assign(engine.upload(values, tensor.shape()))
    }
    return network
}

/** Compares samples and rows of samples with those of our own sampler. */
internal fun shouldBeServedAlike(network: Network, noise: Latent = Latent.NORMAL, count: Int = 5) {
    val ours = Sampler(network, noise)
    network.toKotlinDl(noise).use { theirs ->
        theirs.latent shouldBe network.plan().input().dim(0)
        theirs.sampleShape shouldBe ours.sampleShape()
        theirs.sample(count, 7) shouldBeCloseTo ours.sample(count, 7)
    }
}

internal infix fun FloatArray.shouldBeCloseTo(expected: FloatArray) {
    size shouldBe expected.size
    withClue("samples must differ, or nothing is compared") {
        expected.max() - expected.min() shouldBeGreaterThan 0.05f
    }
    difference(this, expected) shouldBeLessThan TOLERANCE
}

internal fun difference(a: FloatArray, b: FloatArray): Float =
    a.indices.maxOf { if (a[it].isNaN()) Float.NaN else abs(a[it] - b[it]) }
