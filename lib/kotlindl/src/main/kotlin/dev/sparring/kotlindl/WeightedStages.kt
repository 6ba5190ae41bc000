package dev.sparring.kotlindl

import dev.sparring.layer.Conv
import dev.sparring.layer.ConvTranspose
import dev.sparring.layer.Dense
import dev.sparring.layer.PadRule
import dev.sparring.plan.PlannedLayer
import dev.sparring.tensor.Shape
import org.jetbrains.kotlinx.dl.api.core.activation.Activations
import org.jetbrains.kotlinx.dl.api.core.initializer.Initializer
import org.jetbrains.kotlinx.dl.api.core.initializer.RandomUniform
import org.jetbrains.kotlinx.dl.api.core.layer.Layer
import org.jetbrains.kotlinx.dl.api.core.layer.convolutional.Conv2D
import org.jetbrains.kotlinx.dl.api.core.layer.convolutional.Conv2DTranspose
import org.jetbrains.kotlinx.dl.api.core.layer.convolutional.ConvPadding
import org.jetbrains.kotlinx.dl.api.core.layer.reshaping.Cropping2D
import org.jetbrains.kotlinx.dl.api.core.layer.reshaping.ZeroPadding2D

private typealias TheirDense = org.jetbrains.kotlinx.dl.api.core.layer.core.Dense

/**
 * The values of variables until they are set. Any would do but KotlinDL's constants: a saved model
 * cannot load a variable that began as one of these.
 */
internal val FIRST_VALUES: Initializer = RandomUniform()

internal fun denseStage(p: PlannedLayer, layer: Dense): Stage {
    val dense =
        TheirDense(
            outputSize = layer.units,
            activation = Activations.Linear,
            kernelInitializer = FIRST_VALUES,
            biasInitializer = FIRST_VALUES,
            useBias = layer.bias,
            name = p.path(),
        )
    return weighted(p, dense) { it.permuted(p.shapeOf("weight"), listOf(1, 0)) }
}

internal fun convStages(p: PlannedLayer, layer: Conv): List<Stage> {
    val asked = layer.padding == null && layer.padOrDefault() == PadRule.SAME
    val padding = if (asked) 0 else layer.border(p.input().dim(1)).front
    val same =
        asked ||
            padding > 0 &&
                (1..2).all {
                    val side = p.input().dim(it)
                    isSame(side, p.output().dim(it), layer.kernel, layer.stride, padding)
                }
    val conv =
        Conv2D(
            filters = layer.filters,
            kernelSize = layer.kernel,
            strides = layer.stride,
            activation = Activations.Linear,
            kernelInitializer = FIRST_VALUES,
            biasInitializer = FIRST_VALUES,
            padding = if (same) ConvPadding.SAME else ConvPadding.VALID,
            useBias = layer.bias,
            name = p.path(),
        )
    return listOfNotNull(
        Stage(ZeroPadding2D(padding, null, "${p.path()}.padding")).takeIf { padding > 0 && !same },
        weighted(p, conv) { it.permuted(p.shapeOf("weight"), KERNEL) },
    )
}

internal fun convTransposeStages(p: PlannedLayer, layer: ConvTranspose): List<Stage> {
    val padding = layer.border().front
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
            kernelInitializer = FIRST_VALUES,
            biasInitializer = FIRST_VALUES,
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

private fun weighted(p: PlannedLayer, layer: Layer, kernel: (FloatArray) -> FloatArray) =
    Stage(layer) { numbers ->
        val weight = kernel(numbers.getValue("${p.path()}.weight"))
        listOfNotNull(weight, numbers["${p.path()}.bias"])
    }

private fun PlannedLayer.shapeOf(parameter: String): Shape =
    parameters().single { it.parameter().name() == parameter }.parameter().shape()

/** Pads square kernels, the last two dimensions, with zeros at the end up to another side. */
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
