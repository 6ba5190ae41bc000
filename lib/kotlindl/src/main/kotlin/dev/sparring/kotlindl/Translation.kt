package dev.sparring.kotlindl

import dev.sparring.layer.AvgPool
import dev.sparring.layer.BatchNorm
import dev.sparring.layer.Conv
import dev.sparring.layer.ConvTranspose
import dev.sparring.layer.Dense
import dev.sparring.layer.Dropout
import dev.sparring.layer.Elu
import dev.sparring.layer.Flatten
import dev.sparring.layer.Gelu
import dev.sparring.layer.LeakyRelu
import dev.sparring.layer.MaxPool
import dev.sparring.layer.Relu
import dev.sparring.layer.Reshape
import dev.sparring.layer.Sigmoid
import dev.sparring.layer.Silu
import dev.sparring.layer.Tanh
import dev.sparring.layer.Upsample
import dev.sparring.network.NetworkPlan
import dev.sparring.network.PlannedLayer
import dev.sparring.tensor.Shape
import org.jetbrains.kotlinx.dl.api.core.activation.Activations
import org.jetbrains.kotlinx.dl.api.core.initializer.RandomUniform
import org.jetbrains.kotlinx.dl.api.core.layer.activation.ELU
import org.jetbrains.kotlinx.dl.api.core.layer.activation.LeakyReLU
import org.jetbrains.kotlinx.dl.api.core.layer.convolutional.Conv2D
import org.jetbrains.kotlinx.dl.api.core.layer.convolutional.Conv2DTranspose
import org.jetbrains.kotlinx.dl.api.core.layer.convolutional.ConvPadding
import org.jetbrains.kotlinx.dl.api.core.layer.core.ActivationLayer
import org.jetbrains.kotlinx.dl.api.core.layer.core.Input
import org.jetbrains.kotlinx.dl.api.core.layer.pooling.AvgPool2D
import org.jetbrains.kotlinx.dl.api.core.layer.pooling.MaxPool2D
import org.jetbrains.kotlinx.dl.api.core.layer.reshaping.Cropping2D
import org.jetbrains.kotlinx.dl.api.core.layer.reshaping.Permute
import org.jetbrains.kotlinx.dl.api.core.layer.reshaping.UpSampling2D
import org.jetbrains.kotlinx.dl.api.core.layer.reshaping.ZeroPadding2D

private typealias TheirDense = org.jetbrains.kotlinx.dl.api.core.layer.core.Dense

private typealias TheirBatchNorm = org.jetbrains.kotlinx.dl.api.core.layer.normalization.BatchNorm

private typealias TheirReshape = org.jetbrains.kotlinx.dl.api.core.layer.reshaping.Reshape

private typealias TheirFlatten = org.jetbrains.kotlinx.dl.api.core.layer.reshaping.Flatten

/** Says a generator in KotlinDL's layers, which are named by the paths of ours. */
internal object Translation {
    // Weights are set over it. Not KotlinDL's constants: a saved model can load no variable of
    // theirs.
    private val initializer = RandomUniform()

    /**
     * The layers from the input to samples that are flat, as KotlinDL's predictions in batches need
     * them, in the order (H, W, C).
     *
     * @throws IllegalArgumentException if the network takes something else than noise
     */
    fun of(plan: NetworkPlan): List<Stage> {
        require(plan.input().rank() == 1) {
            "${plan.name()}: takes samples of shape ${plan.input()}; a generator takes noise (F)"
        }
        val input = Stage(Input(plan.input().dim(0).toLong(), name = "${plan.name()}.noise"))
        return listOf(input) + plan.layers().flatMap(::stages) + end(plan)
    }

    private fun stages(p: PlannedLayer): List<Stage> =
        when (val layer = p.layer()) {
            is Dense -> listOf(dense(p, layer))
            is Conv -> conv(p, layer)
            is ConvTranspose -> convTranspose(p, layer)
            is BatchNorm -> listOf(batchNorm(p, layer))
            is Reshape -> reshape(p)
            is Flatten -> reshape(p)
            is Upsample -> listOf(upsample(p, layer))
            is AvgPool -> listOf(avgPool(p, layer))
            is MaxPool -> listOf(maxPool(p, layer))
            is Dropout -> emptyList() // evaluation drops nothing
            is Relu -> listOf(activation(p, Activations.Relu))
            is LeakyRelu -> listOf(Stage(LeakyReLU(layer.slope.toFloat(), p.path())))
            is Elu -> listOf(Stage(ELU(layer.alpha.toFloat(), p.path())))
            is Silu -> listOf(activation(p, Activations.Swish))
            is Gelu -> listOf(activation(p, Activations.Gelu))
            is Tanh -> listOf(activation(p, Activations.Tanh))
            is Sigmoid -> listOf(activation(p, Activations.Sigmoid))
        }

    private fun end(plan: NetworkPlan): List<Stage> {
        val flat = TheirFlatten("${plan.name()}.flat")
        // KotlinDL takes the length of a prediction from its last layer, if that is one of these.
        val last = ActivationLayer(Activations.Linear, "${plan.name()}.samples")
        return listOf(Stage(flat), Stage(last))
    }

    private fun activation(p: PlannedLayer, activation: Activations) =
        Stage(ActivationLayer(activation, p.path()))

    private fun dense(p: PlannedLayer, layer: Dense): Stage {
        val dense =
            TheirDense(
                outputSize = layer.units,
                activation = Activations.Linear,
                kernelInitializer = initializer,
                biasInitializer = initializer,
                useBias = layer.bias,
                name = p.path(),
            )
        return weighted(p, dense) { it.permuted(p.shapeOf("weight"), listOf(1, 0)) }
    }

    private fun conv(p: PlannedLayer, layer: Conv): List<Stage> {
        val padding = layer.effectivePadding()
        val same =
            padding > 0 &&
                (1..2).all {
                    isSame(
                        p.input().dim(it),
                        p.output().dim(it),
                        layer.kernel,
                        layer.stride,
                        padding,
                    )
                }
        val conv =
            Conv2D(
                filters = layer.filters,
                kernelSize = layer.kernel,
                strides = layer.stride,
                activation = Activations.Linear,
                kernelInitializer = initializer,
                biasInitializer = initializer,
                padding = if (same) ConvPadding.SAME else ConvPadding.VALID,
                useBias = layer.bias,
                name = p.path(),
            )
        return listOfNotNull(
            Stage(ZeroPadding2D(padding, null, "${p.path()}.padding")).takeIf {
                padding > 0 && !same
            },
            weighted(p, conv) { it.permuted(p.shapeOf("weight"), KERNEL) },
        )
    }

    private fun convTranspose(p: PlannedLayer, layer: ConvTranspose): List<Stage> {
        val padding = layer.effectivePadding()
        val same =
            (1..2).all {
                val side = p.input().dim(it)
                isSameTransposed(side, p.output().dim(it), layer.kernel, layer.stride, padding)
            }
        val uncut = Uncut.of(layer.kernel, layer.stride, padding, layer.outputPadding)
        val kernel = if (same) layer.kernel else uncut.kernel
        val conv =
            Conv2DTranspose(
                filters = layer.filters,
                kernelSize = kernel,
                strides = layer.stride,
                activation = Activations.Linear,
                kernelInitializer = initializer,
                biasInitializer = initializer,
                padding = if (same) ConvPadding.SAME else ConvPadding.VALID,
                useBias = layer.bias,
                name = p.path(),
            )
        val cut = intArrayOf(uncut.front, uncut.back)
        return listOfNotNull(
            weighted(p, conv) {
                val shape = p.shapeOf("weight")
                it.enlarged(layer.kernel, kernel)
                    .permuted(Shape.of(shape.dim(0), shape.dim(1), kernel, kernel), KERNEL)
            },
            Stage(Cropping2D(arrayOf(cut, cut), "${p.path()}.cropping")).takeIf {
                !same && uncut.front + uncut.back > 0
            },
        )
    }

    private fun weighted(
        p: PlannedLayer,
        layer: org.jetbrains.kotlinx.dl.api.core.layer.Layer,
        kernel: (FloatArray) -> FloatArray,
    ) =
        Stage(layer) { numbers ->
            val weight = kernel(numbers.getValue("${p.path()}.weight"))
            listOfNotNull(weight, numbers["${p.path()}.bias"])
        }

    private fun batchNorm(p: PlannedLayer, layer: BatchNorm): Stage {
        val norm =
            TheirBatchNorm(
                axis = listOf(p.input().rank()), // channels are last, behind the batch's 0
                center = layer.affine,
                epsilon = layer.eps,
                scale = layer.affine,
                gammaInitializer = initializer,
                betaInitializer = initializer,
                movingMeanInitializer = initializer,
                movingVarianceInitializer = initializer,
                name = p.path(),
            )
        return Stage(norm) { numbers ->
            listOf("weight", "bias", "running_mean", "running_var").mapNotNull {
                numbers["${p.path()}.$it"]
            }
        }
    }

    /** Through our order of numbers, in which they are counted off. */
    private fun reshape(p: PlannedLayer): List<Stage> {
        val before = p.input().rank()
        val after = p.output().rank()
        return listOfNotNull(
            permute(toChannelsFirst(before), "${p.path()}.channels_first").takeIf { before > 1 },
            Stage(TheirReshape(p.output().dims(), p.path())),
            permute(toChannelsLast(after), "${p.path()}.channels_last").takeIf { after > 1 },
        )
    }

    private fun permute(order: List<Int>, name: String) =
        Stage(Permute(IntArray(order.size) { order[it] + 1 }, name)) // 0 is the batch

    private fun upsample(p: PlannedLayer, layer: Upsample) =
        Stage(UpSampling2D(intArrayOf(layer.factor, layer.factor), name = p.path()))

    private fun avgPool(p: PlannedLayer, layer: AvgPool) =
        Stage(AvgPool2D(layer.kernel, layer.effectiveStride(), ConvPadding.VALID, p.path()))

    private fun maxPool(p: PlannedLayer, layer: MaxPool) =
        Stage(MaxPool2D(layer.kernel, layer.effectiveStride(), ConvPadding.VALID, p.path()))

    private fun PlannedLayer.shapeOf(parameter: String): Shape =
        parameters().single { it.parameter().name() == parameter }.parameter().shape()

    /** Square kernels of one side, the last two dimensions, with zeros behind up to another. */
    private fun FloatArray.enlarged(from: Int, to: Int): FloatArray {
        if (from == to) {
            return this
        }
        val kernels = size / (from * from)
        val result = FloatArray(kernels * to * to)
        for (row in 0 until kernels * from) {
            val target = (row / from * to + row % from) * to
            copyInto(result, target, row * from, (row + 1) * from)
        }
        return result
    }

    /**
     * From (out, in, height, width), and for transposed ones (in, out, height, width), to (height,
     * width, in, out), and for transposed ones (height, width, out, in).
     */
    private val KERNEL = listOf(2, 3, 1, 0)
}
