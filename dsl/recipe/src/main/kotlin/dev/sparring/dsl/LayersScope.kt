package dev.sparring.dsl

import dev.sparring.init.Initializer
import dev.sparring.layer.AuxiliaryClassifier
import dev.sparring.layer.AvgPool
import dev.sparring.layer.BatchNorm
import dev.sparring.layer.Block
import dev.sparring.layer.BlockNorm
import dev.sparring.layer.Branches
import dev.sparring.layer.ConcatLabels
import dev.sparring.layer.ConditionalBatchNorm
import dev.sparring.layer.Conv
import dev.sparring.layer.ConvTranspose
import dev.sparring.layer.Dense
import dev.sparring.layer.Dropout
import dev.sparring.layer.Elu
import dev.sparring.layer.Embedding
import dev.sparring.layer.Flatten
import dev.sparring.layer.GaussianNoise
import dev.sparring.layer.Gelu
import dev.sparring.layer.GlobalAvgPool
import dev.sparring.layer.GlobalSumPool
import dev.sparring.layer.GroupNorm
import dev.sparring.layer.InstanceNorm
import dev.sparring.layer.Join
import dev.sparring.layer.Layer
import dev.sparring.layer.LayerNorm
import dev.sparring.layer.LeakyRelu
import dev.sparring.layer.MaxPool
import dev.sparring.layer.Maxout
import dev.sparring.layer.MinibatchStdDev
import dev.sparring.layer.PadRule
import dev.sparring.layer.Padding
import dev.sparring.layer.PaddingMode
import dev.sparring.layer.PixelNorm
import dev.sparring.layer.PixelShuffle
import dev.sparring.layer.Projection
import dev.sparring.layer.Relu
import dev.sparring.layer.Resample
import dev.sparring.layer.Reshape
import dev.sparring.layer.Residual
import dev.sparring.layer.ResidualBlock
import dev.sparring.layer.SelfAttention
import dev.sparring.layer.Sigmoid
import dev.sparring.layer.Silu
import dev.sparring.layer.Skip
import dev.sparring.layer.Stack
import dev.sparring.layer.Tanh
import dev.sparring.layer.Upsample
import dev.sparring.norm.WeightNorm

/** Layers, each added after the previous ones. Shapes are those of one sample. */
@GanDsl
public abstract class LayersScope internal constructor() {
    internal val layers = mutableListOf<Layer>()

    /** Adds an existing layer: `+Conv.conv(64)`. */
    public operator fun Layer.unaryPlus() {
        layers += this
    }

    /** Adds any layer, including one of your own class: `layer(MyLayer(3))`. */
    public fun layer(layer: Layer) {
        layers += layer
    }

    /** The same number of zeros on each side: (kernel - stride + 1) / 2, rounded down. */
    public val even: PadRule
        get() = PadRule.EVEN

    /**
     * TensorFlow's SAME: sizes divide or multiply exactly, the odd zero at the bottom and right.
     */
    public val same: PadRule
        get() = PadRule.SAME

    /** No zeros. */
    public val valid: PadRule
        get() = PadRule.VALID

    /**
     * Fully connected: (F) to ([units]).
     *
     * @param bias whether a bias is added; by default it is
     * @param init how the weight is drawn; null, the default, stands for the network's initializer
     * @param norm how the weight is normalized; null, the default, stands for the network's `norm`
     */
    public fun dense(
        units: Int,
        bias: Boolean = Dense.dense(units).bias,
        init: Initializer? = Dense.dense(units).init,
        norm: WeightNorm? = Dense.dense(units).norm,
    ): Unit = +Dense(units, bias, init, norm)

    /**
     * Convolution with square kernels: (C, H, W) to ([filters], H', W') with H' = floor((H + 2
     * padding - kernel) / stride) + 1.
     *
     * @param kernel side of the kernel, by default 3
     * @param stride step between positions, by default 1
     * @param padding zeros on each side; null, the default, leaves them to [pad]
     * @param pad [even], [same] or [valid]; null, the default, is the convention's, [even] in this
     *   library's own, so that H' = H / stride where the kernel is odd or the stride even
     * @param bias whether a bias is added; by default it is
     * @param init how the weight is drawn; null, the default, stands for the network's initializer
     * @param norm how the weight is normalized; null, the default, stands for the network's `norm`
     */
    public fun conv(
        filters: Int,
        kernel: Int = Conv.conv(filters).kernel,
        stride: Int = Conv.conv(filters).stride,
        padding: Int? = Conv.conv(filters).padding,
        pad: PadRule? = Conv.conv(filters).pad,
        bias: Boolean = Conv.conv(filters).bias,
        init: Initializer? = Conv.conv(filters).init,
        norm: WeightNorm? = Conv.conv(filters).norm,
    ): Unit = +Conv(filters, kernel, stride, padding, pad, bias, init, norm)

    /**
     * Transposed convolution with square kernels: (C, H, W) to ([filters], H', W') with H' = (H -
     * 1) stride - 2 padding + kernel + outputPadding; with the defaults, twice the size.
     *
     * @param kernel side of the kernel, by default 4
     * @param stride distance in the output between neighbouring inputs, by default 2
     * @param padding how much is cropped on each side; null, the default, leaves that to [pad]
     * @param pad [even], [same] or [valid]; null, the default, is the convention's, [even] in this
     *   library's own, so that H' = H * stride where kernel - stride is even
     * @param outputPadding rows and columns added at the bottom and right, by default 0
     * @param bias whether a bias is added; by default it is
     * @param init how the weight is drawn; null, the default, stands for the network's initializer
     * @param norm how the weight is normalized; null, the default, stands for the network's `norm`
     */
    public fun convTranspose(
        filters: Int,
        kernel: Int = ConvTranspose.convTranspose(filters).kernel,
        stride: Int = ConvTranspose.convTranspose(filters).stride,
        padding: Int? = ConvTranspose.convTranspose(filters).padding,
        pad: PadRule? = ConvTranspose.convTranspose(filters).pad,
        outputPadding: Int = ConvTranspose.convTranspose(filters).outputPadding,
        bias: Boolean = ConvTranspose.convTranspose(filters).bias,
        init: Initializer? = ConvTranspose.convTranspose(filters).init,
        norm: WeightNorm? = ConvTranspose.convTranspose(filters).norm,
    ): Unit = +ConvTranspose(filters, kernel, stride, padding, pad, outputPadding, bias, init, norm)

    /**
     * Batch normalization over the batch and all positions of a channel.
     *
     * @param eps added to the variance; null, the default, is the convention's, 1e-5 in this
     *   library's own
     * @param momentum weight of the new batch in the running statistics (Keras's momentum is 1
     *   minus this); null, the default, is the convention's, 0.1 in this library's own
     * @param affine whether a scale and a shift are learnt; by default they are
     * @param alwaysBatch whether batch statistics are used in evaluation too; by default not
     * @param init how the scale is drawn; null, the default, stands for the network's `initByKind`
     */
    public fun batchNorm(
        eps: Double? = BatchNorm.batchNorm().eps,
        momentum: Double? = BatchNorm.batchNorm().momentum,
        affine: Boolean = BatchNorm.batchNorm().affine,
        alwaysBatch: Boolean = BatchNorm.batchNorm().alwaysBatch,
        init: Initializer? = BatchNorm.batchNorm().init,
    ): Unit = +BatchNorm(eps, momentum, affine, alwaysBatch, init)

    /**
     * Instance normalization over the positions of each channel of each sample.
     *
     * @param eps added to the variance; null, the default, is the convention's, 1e-5 in this
     *   library's own
     * @param affine whether a scale and a shift are learnt; by default they are not
     * @param init how the scale is drawn; null, the default, for ones
     */
    public fun instanceNorm(
        eps: Double? = InstanceNorm.instanceNorm().eps,
        affine: Boolean = InstanceNorm.instanceNorm().affine,
        init: Initializer? = InstanceNorm.instanceNorm().init,
    ): Unit = +InstanceNorm(eps, affine, init)

    /**
     * Layer normalization over all numbers of each sample, with a scale and a shift for each
     * channel. WGAN-GP's critic uses it in place of batch normalization.
     *
     * @param eps added to the variance; null, the default, is the convention's, 1e-5 in this
     *   library's own
     * @param affine whether a scale and a shift are learnt; by default they are
     * @param init how the scale is drawn; null, the default, for ones
     */
    public fun layerNorm(
        eps: Double? = LayerNorm.layerNorm().eps,
        affine: Boolean = LayerNorm.layerNorm().affine,
        init: Initializer? = LayerNorm.layerNorm().init,
    ): Unit = +LayerNorm(eps, affine, init)

    /**
     * Group normalization over the positions of neighbouring channels of each sample.
     *
     * @param groups how many groups the channels are divided into, by default 32
     * @param eps added to the variance; null, the default, is the convention's, 1e-5 in this
     *   library's own
     * @param affine whether a scale and a shift are learnt; by default they are
     * @param init how the scale is drawn; null, the default, for ones
     */
    public fun groupNorm(
        groups: Int = GroupNorm.groupNorm().groups,
        eps: Double? = GroupNorm.groupNorm().eps,
        affine: Boolean = GroupNorm.groupNorm().affine,
        init: Initializer? = GroupNorm.groupNorm().init,
    ): Unit = +GroupNorm(groups, eps, affine, init)

    /** x / sqrt(mean over channels of x^2 + [eps]) at each position, with 1e-8 by default. */
    public fun pixelNorm(eps: Double = PixelNorm.pixelNorm().eps): Unit = +PixelNorm(eps)

    /** x for x above 0, else 0. */
    public fun relu(): Unit = +Relu.relu()

    /** x for x above 0, else [slope] * x, by default 0.2. */
    public fun leakyRelu(slope: Double = LeakyRelu.leakyRelu().slope): Unit = +LeakyRelu(slope)

    /** x for x above 0, else [alpha] * (exp(x) - 1), by default 1. */
    public fun elu(alpha: Double = Elu.elu().alpha): Unit = +Elu(alpha)

    /** The largest of each [pieces] neighbouring features or channels: (F) to (F / [pieces]). */
    public fun maxout(pieces: Int): Unit = +Maxout(pieces)

    /** x * sigmoid(x), also called swish. */
    public fun silu(): Unit = +Silu.silu()

    /** x times the Gaussian distribution function of x. */
    public fun gelu(): Unit = +Gelu.gelu()

    /** Hyperbolic tangent: the usual last layer of a generator of images. */
    public fun tanh(): Unit = +Tanh.tanh()

    /** 1 / (1 + exp(-x)). All losses but [logProbability] take raw scores. */
    public fun sigmoid(): Unit = +Sigmoid.sigmoid()

    /** The same numbers under another shape, in row-major order: `reshape(64, 4, 4)`. */
    public fun reshape(vararg shape: Int): Unit = +Reshape(shape.toList())

    /** (C, H, W) to (C * H * W). */
    public fun flatten(): Unit = +Flatten.flatten()

    /** Repeats each pixel [factor] x [factor] times, by default 2 x 2. */
    public fun upsample(factor: Int = Upsample.upsample().factor): Unit = +Upsample(factor)

    /**
     * (C r^2, H, W) to (C, H r, W r): r^2 channels become the pixels of one, in PyTorch's order.
     *
     * @param factor r, by default 2
     */
    public fun pixelShuffle(factor: Int = PixelShuffle.pixelShuffle().factor): Unit =
        +PixelShuffle(factor)

    /**
     * Adds rows and columns around images.
     *
     * @param size how many on each side
     * @param mode zeros, the default, or the image mirrored at its outermost pixels: [reflect]
     */
    public fun pad(size: Int, mode: PaddingMode = Padding.pad(size).mode): Unit =
        +Padding(size, mode)

    /** For [pad]: zeros. */
    public val zero: PaddingMode
        get() = PaddingMode.ZERO

    /** For [pad]: the image mirrored at its outermost pixels, which are not repeated. */
    public val reflect: PaddingMode
        get() = PaddingMode.REFLECT

    /**
     * Mean over square windows.
     *
     * @param kernel side of the window, by default 2
     * @param stride step between windows; null, the default, is the window's side
     */
    public fun avgPool(
        kernel: Int = AvgPool.avgPool().kernel,
        stride: Int? = AvgPool.avgPool().stride,
    ): Unit = +AvgPool(kernel, stride)

    /**
     * Maximum over square windows.
     *
     * @param kernel side of the window, by default 2
     * @param stride step between windows; null, the default, is the window's side
     */
    public fun maxPool(
        kernel: Int = MaxPool.maxPool().kernel,
        stride: Int? = MaxPool.maxPool().stride,
    ): Unit = +MaxPool(kernel, stride)

    /** The mean of each channel: (C, H, W) to (C). */
    public fun globalAvgPool(): Unit = +GlobalAvgPool.globalAvgPool()

    /** The sum of each channel: (C, H, W) to (C). */
    public fun globalSumPool(): Unit = +GlobalSumPool.globalSumPool()

    /**
     * Adds a channel with the standard deviation among the samples of a group; for discriminators.
     *
     * @param groupSize samples in a group, by default 4; more if the batch is not a multiple of it
     */
    public fun minibatchStdDev(groupSize: Int = MinibatchStdDev.minibatchStdDev().groupSize): Unit =
        +MinibatchStdDev(groupSize)

    /** Adds Gaussian noise of the given standard deviation in training. */
    public fun noise(std: Double): Unit = +GaussianNoise(std)

    /**
     * Sets each element to zero with some probability and scales the others up, so that the mean
     * stays.
     *
     * @param rate the probability, by default 0.5
     * @param always whether it is active in evaluation too; by default not
     */
    public fun dropout(
        rate: Double = Dropout.dropout().rate,
        always: Boolean = Dropout.dropout().always,
    ): Unit = +Dropout(rate, always)

    /**
     * A residual block: the output of [layers], added to the input or to the output of the
     * [shortcut].
     *
     * ```
     * residual(shortcut = { conv(64, kernel = 1) }) { relu(); conv(64); relu(); conv(64) }
     * ```
     *
     * @param shortcut layers of the shortcut; none, the default, for the input itself
     */
    public fun residual(
        shortcut: InnerLayersScope.() -> Unit = {},
        layers: InnerLayersScope.() -> Unit,
    ): Unit = +Residual(inner(layers), inner(shortcut))

    /**
     * A skip connection: the channels of the input, then those of the output of [layers]. Nested
     * ones form a U-Net.
     */
    public fun skip(layers: InnerLayersScope.() -> Unit): Unit = +Skip.skip(inner(layers))

    /**
     * Parallel layers: each [path][BranchesScope.path] gets the same input.
     *
     * ```
     * branches(join = sum) { path { conv(64) }; path { conv(64, kernel = 1) } }
     * ```
     *
     * @param join how their outputs are combined: [concat], the default, or [sum]
     */
    public fun branches(
        join: Join = Branches.branches(listOf(emptyList(), emptyList())).join,
        paths: BranchesScope.() -> Unit,
    ): Unit = +Branches(BranchesScope().apply(paths).paths, join)

    /** Concatenates the channels of outputs. */
    public val concat: Join
        get() = Join.CONCAT

    /** Adds the outputs. */
    public val sum: Join
        get() = Join.SUM

    /** The same layers repeated [times] times, each time with parameters of their own. */
    public fun stack(times: Int, layers: InnerLayersScope.() -> Unit): Unit =
        +Stack(times, inner(layers))

    /** The layers that the recipe defines under this [name], by `block(name) { ... }` in `gan`. */
    public fun block(name: String): Unit = +Block.block(name)

    /**
     * Appends the class of each sample to its features, or to its channels as constant planes.
     *
     * @param embedding length of a learnt vector for each class; null, the default, is a one-hot
     *   vector
     * @param init how these vectors are drawn; null, the default, stands for the network's
     *   initializer
     * @param classes the number of classes; null, the default, is that of the data
     */
    public fun concatLabels(
        embedding: Int? = ConcatLabels.concatLabels().embedding,
        init: Initializer? = ConcatLabels.concatLabels().init,
        classes: Int? = ConcatLabels.concatLabels().classes,
    ): Unit = +ConcatLabels(embedding, init, classes)

    /**
     * Replaces each sample by a learnt vector of its class.
     *
     * @param init how these vectors are drawn; null, the default, stands for the network's
     *   initializer
     * @param norm how the weight is normalized; null, the default, stands for the network's `norm`
     * @param classes the number of classes; null, the default, is that of the data
     */
    public fun embedding(
        units: Int,
        init: Initializer? = null,
        norm: WeightNorm? = null,
        classes: Int? = null,
    ): Unit = +Embedding(units, init, norm, classes)

    /**
     * Batch normalization with a scale and a shift for each class.
     *
     * @param eps added to the variance; null, the default, is the convention's
     * @param momentum weight of the new batch in the running statistics; null, the default, is the
     *   convention's
     * @param init how the scales are drawn; null, the default, for ones
     * @param classes the number of classes; null, the default, is that of the data
     */
    public fun conditionalBatchNorm(
        eps: Double? = ConditionalBatchNorm.conditionalBatchNorm().eps,
        momentum: Double? = ConditionalBatchNorm.conditionalBatchNorm().momentum,
        init: Initializer? = null,
        classes: Int? = null,
    ): Unit = +ConditionalBatchNorm(eps, momentum, init, classes)

    /**
     * The last layer of a projection discriminator: a linear score of the features, plus their
     * inner product with a learnt vector of the class.
     *
     * @param bias whether the linear score has a bias, by default yes
     * @param init how both weights are drawn; null, the default, stands for the network's
     *   initializer
     * @param norm how each weight is normalized; null, the default, stands for the network's `norm`
     */
    public fun projection(
        bias: Boolean = Projection.projection().bias,
        init: Initializer? = null,
        norm: WeightNorm? = null,
    ): Unit = +Projection(bias, init, norm)

    /**
     * The last layer of a discriminator that also classifies its samples; use it with the term
     * [auxiliary].
     *
     * @param bias whether score and logits have biases, by default yes
     * @param init how both weights are drawn; null, the default, stands for the network's
     *   initializer
     * @param norm how each weight is normalized; null, the default, stands for the network's `norm`
     * @param classes the number of classes; null, the default, is that of the data
     */
    public fun auxiliaryClassifier(
        bias: Boolean = AuxiliaryClassifier.auxiliaryClassifier().bias,
        init: Initializer? = null,
        norm: WeightNorm? = null,
        classes: Int? = null,
    ): Unit = +AuxiliaryClassifier(bias, init, norm, classes)

    /**
     * A residual block of SNGAN, activations first.
     *
     * ```
     * residualBlock(256, resample = up, normalize = batch)   // in a generator
     * residualBlock(128, resample = down)                    // in a discriminator
     * ```
     *
     * @param resample [up] doubles the size, [down] halves it; by default the size stays
     * @param normalize the normalization before the activations: [batch] or [conditional]; by
     *   default none
     * @param eps of that normalization; null, the default, is the convention's
     * @param momentum of that normalization; null, the default, is the convention's
     * @param first whether it is the first block of a discriminator, without an activation at its
     *   start
     * @param hidden channels between its convolutions; null, the default, stands for [filters], or
     *   for those of the input if the block is neither normalized nor first
     * @param init how the 3x3 convolutions are drawn; null, the default, stands for the network's
     *   initializer
     * @param shortcutInit how the shortcut is drawn; null, the default, stands for the network's
     *   initializer
     * @param norm how the weights are normalized; null, the default, stands for the network's
     *   `norm`
     */
    public fun residualBlock(
        filters: Int,
        resample: Resample = ResidualBlock.residualBlock(1).resample,
        normalize: BlockNorm = ResidualBlock.residualBlock(1).normalize,
        eps: Double? = null,
        momentum: Double? = null,
        first: Boolean = ResidualBlock.residualBlock(1).first,
        hidden: Int? = null,
        init: Initializer? = null,
        shortcutInit: Initializer? = null,
        norm: WeightNorm? = null,
    ): Unit =
        +ResidualBlock(
            filters,
            resample,
            normalize,
            eps,
            momentum,
            first,
            hidden,
            init,
            shortcutInit,
            norm,
        )

    /** Doubles the size; each pixel is repeated four times. */
    public val up: Resample
        get() = Resample.UP

    /** Halves the size; each pixel is the mean of four. */
    public val down: Resample
        get() = Resample.DOWN

    /** Batch normalization before the activations of a block. */
    public val batch: BlockNorm
        get() = BlockNorm.BATCH

    /** Conditional batch normalization before the activations of a block. */
    public val conditional: BlockNorm
        get() = BlockNorm.CONDITIONAL

    /**
     * Self-attention of SAGAN: each pixel attends to all others.
     *
     * @param reduction divisor of the image's channels for those of queries and keys, by default 8
     * @param valueReduction the same for values, by default 2
     * @param pool whether keys and values are max-pooled over 2x2, by default yes
     * @param init how its weights are drawn; null, the default, stands for the network's
     *   initializer
     * @param norm how its weights are normalized; null, the default, stands for the network's
     *   `norm`
     */
    public fun selfAttention(
        reduction: Int = SelfAttention.selfAttention().reduction,
        valueReduction: Int = SelfAttention.selfAttention().valueReduction,
        pool: Boolean = SelfAttention.selfAttention().pool,
        init: Initializer? = null,
        norm: WeightNorm? = null,
    ): Unit = +SelfAttention(reduction, valueReduction, pool, init, norm)

    internal companion object {
        fun inner(layers: InnerLayersScope.() -> Unit): List<Layer> =
            InnerLayersScope().apply(layers).layers
    }
}

/** Layers inside a layer or a block. */
@GanDsl public class InnerLayersScope internal constructor() : LayersScope()

/** The paths of `branches { }`. */
@GanDsl
public class BranchesScope internal constructor() {
    internal val paths = mutableListOf<List<Layer>>()

    /** One more path; without layers it is the input itself. */
    public fun path(layers: InnerLayersScope.() -> Unit) {
        paths += LayersScope.inner(layers)
    }
}
