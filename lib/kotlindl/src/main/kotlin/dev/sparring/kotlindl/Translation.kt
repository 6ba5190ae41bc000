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
import dev.sparring.plan.NetworkPlan
import dev.sparring.plan.PlannedLayer
import org.jetbrains.kotlinx.dl.api.core.activation.Activations
import org.jetbrains.kotlinx.dl.api.core.layer.activation.ELU
import org.jetbrains.kotlinx.dl.api.core.layer.activation.LeakyReLU
import org.jetbrains.kotlinx.dl.api.core.layer.convolutional.ConvPadding
import org.jetbrains.kotlinx.dl.api.core.layer.core.ActivationLayer
import org.jetbrains.kotlinx.dl.api.core.layer.core.Input
import org.jetbrains.kotlinx.dl.api.core.layer.pooling.AvgPool2D
import org.jetbrains.kotlinx.dl.api.core.layer.pooling.MaxPool2D
import org.jetbrains.kotlinx.dl.api.core.layer.reshaping.Permute
import org.jetbrains.kotlinx.dl.api.core.layer.reshaping.UpSampling2D

private typealias TheirBatchNorm = org.jetbrains.kotlinx.dl.api.core.layer.normalization.BatchNorm

private typealias TheirReshape = org.jetbrains.kotlinx.dl.api.core.layer.reshaping.Reshape

private typealias TheirFlatten = org.jetbrains.kotlinx.dl.api.core.layer.reshaping.Flatten

/** Translates a generator into KotlinDL's layers, which are named by the paths of ours. */
internal object Translation {
    /**
     * The layers from the input to flat samples in the order (H, W, C), which KotlinDL's
     * predictions in batches need.
     *
     * @throws IllegalArgumentException if the network's input is not noise, or if it has a layer
     *   that KotlinDL lacks
     */
    fun of(plan: NetworkPlan): List<Stage> {
        require(plan.input().rank() == 1) {
            "${plan.name()}: takes samples of shape ${plan.input()}; a generator takes noise (F)"
        }
        val input = Stage(Input(plan.input().dim(0).toLong(), name = "${plan.name()}.noise"))
        return listOf(input) + plan.layers().flatMap(::stages) + end(plan)
    }

    @Suppress("REDUNDANT_ELSE_IN_WHEN") // a new layer of ours is refused until it is translated
    private fun stages(p: PlannedLayer): List<Stage> =
        when (val layer = p.layer()) {
            is Dense -> listOf(denseStage(p, layer))
            is Conv -> convStages(p, layer)
            is ConvTranspose -> convTransposeStages(p, layer)
            is BatchNorm -> if (layer.alwaysBatch) throw ours(p) else listOf(batchNorm(p, layer))
            is Reshape -> reshape(p)
            is Flatten -> reshape(p)
            is Upsample -> listOf(upsample(p, layer))
            is AvgPool -> listOf(avgPool(p, layer))
            is MaxPool -> listOf(maxPool(p, layer))
            is Dropout -> if (layer.always) throw ours(p) else emptyList()
            is Relu -> listOf(activation(p, Activations.Relu))
            is LeakyRelu -> listOf(Stage(LeakyReLU(layer.slope.toFloat(), p.path())))
            is Elu -> listOf(Stage(ELU(layer.alpha.toFloat(), p.path())))
            is Silu -> listOf(activation(p, Activations.Swish))
            is Gelu -> listOf(activation(p, Activations.Gelu))
            is Tanh -> listOf(activation(p, Activations.Tanh))
            is Sigmoid -> listOf(activation(p, Activations.Sigmoid))
            else -> throw refusal(p)
        }

    /** For a layer without an equivalent in KotlinDL. */
    fun refusal(p: PlannedLayer) =
        IllegalArgumentException(
            "${p.path()}: KotlinDL has no layer like ${p.layer().summary()}; export to ONNX instead"
        )

    /**
     * For a layer whose output depends on more than its input, which ONNX cannot represent either.
     */
    private fun ours(p: PlannedLayer) =
        IllegalArgumentException(
            "${p.path()}: KotlinDL cannot do ${p.layer().summary()}; sparring sample can"
        )

    private fun end(plan: NetworkPlan): List<Stage> {
        val flat = TheirFlatten("${plan.name()}.flat")
        // KotlinDL takes the length of a prediction from its last layer, if that is one of these.
        val last = ActivationLayer(Activations.Linear, "${plan.name()}.samples")
        return listOf(Stage(flat), Stage(last))
    }

    private fun activation(p: PlannedLayer, activation: Activations) =
        Stage(ActivationLayer(activation, p.path()))

    private fun batchNorm(p: PlannedLayer, layer: BatchNorm): Stage {
        val norm =
            TheirBatchNorm(
                axis = listOf(p.input().rank()), // channels are last; 0 is the batch
                center = layer.affine,
                epsilon = layer.epsOrDefault(),
                scale = layer.affine,
                gammaInitializer = FIRST_VALUES,
                betaInitializer = FIRST_VALUES,
                movingMeanInitializer = FIRST_VALUES,
                movingVarianceInitializer = FIRST_VALUES,
                name = p.path(),
            )
        return Stage(norm) { numbers ->
            listOf("weight", "bias", "running_mean", "running_var").mapNotNull {
                numbers["${p.path()}.$it"]
            }
        }
    }

    /** Reshapes in our memory order, (C, H, W). */
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
}
