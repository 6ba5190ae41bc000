package dev.sparring.dsl

import dev.sparring.init.Initializer
import dev.sparring.layer.AvgPool
import dev.sparring.layer.Basis
import dev.sparring.layer.BatchNorm
import dev.sparring.layer.Conv
import dev.sparring.layer.ConvTranspose
import dev.sparring.layer.Dense
import dev.sparring.layer.Downsample
import dev.sparring.layer.Dropout
import dev.sparring.layer.Elu
import dev.sparring.layer.Flatten
import dev.sparring.layer.GaussianNoise
import dev.sparring.layer.Gelu
import dev.sparring.layer.GlobalAvgPool
import dev.sparring.layer.GlobalSumPool
import dev.sparring.layer.GroupNorm
import dev.sparring.layer.InstanceNorm
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
import dev.sparring.layer.Relu
import dev.sparring.layer.Reshape
import dev.sparring.layer.Scale
import dev.sparring.layer.Shift
import dev.sparring.layer.Sigmoid
import dev.sparring.layer.Silu
import dev.sparring.layer.Tanh
import dev.sparring.layer.Upsample
import dev.sparring.norm.WeightNorm

/**
 * Layers that hold no others and know no classes, each added after the previous ones. Shapes are
 * those of one sample.
 */
@GanDsl
public abstract class BasicLayersScope internal constructor(internal val sites: CallSites?) {
    internal val layers = mutableListOf<Layer>()

    /** Adds an existing layer: `+Conv.conv(64)`. */
    public operator fun Layer.unaryPlus() {
        layers += also { sites?.note(it) }
    }

    /** Adds any layer, including one of your own class: `layer(MyLayer(3))`. */
    public fun layer(layer: Layer) {
        layers += layer.also { sites?.note(it) }
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
     * @param rate factor on the learning rate of the layer's parameters, by default 1
     */
    public fun dense(
        units: Int,
        bias: Boolean = Dense.dense(units).bias,
        init: Initializer? = Dense.dense(units).init,
        norm: WeightNorm? = Dense.dense(units).norm,
        rate: Double = Dense.dense(units).rate,
    ): Unit = +Dense(units, bias, init, norm, rate)

    /**
     * Convolution with square kernels: (C, H, W) to ([filters], H', W') with H' = floor((H + 2
     * padding - kernel) / stride) + 1.
     *
     * @param kernel side of the kernel, by default 3
     * @param stride step between positions, by default 1
     * @param padding zeros on each side; null, the default, leaves them to [pad]
     * @param pad [even], [same] or [valid]; null, the default, is the convention's, [even] in this
     *   library's own, so that H' = H / stride where the kernel is odd or the stride even
     * @param groups number of parts of the channels, each of which sees one part of the inputs; by
     *   default 1
     * @param bias whether a bias is added; by default it is
     * @param init how the weight is drawn; null, the default, stands for the network's initializer
     * @param norm how the weight is normalized; null, the default, stands for the network's `norm`
     * @param rate factor on the learning rate of the layer's parameters, by default 1
     */
    public fun conv(
        filters: Int,
        kernel: Int = Conv.conv(filters).kernel,
        stride: Int = Conv.conv(filters).stride,
        padding: Int? = Conv.conv(filters).padding,
        pad: PadRule? = Conv.conv(filters).pad,
        groups: Int = Conv.conv(filters).groups,
        bias: Boolean = Conv.conv(filters).bias,
        init: Initializer? = Conv.conv(filters).init,
        norm: WeightNorm? = Conv.conv(filters).norm,
        rate: Double = Conv.conv(filters).rate,
    ): Unit = +Conv(filters, kernel, stride, padding, pad, groups, bias, init, norm, rate)

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
     * @param rate factor on the learning rate of the layer's parameters, by default 1
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
        rate: Double = ConvTranspose.convTranspose(filters).rate,
    ): Unit =
        +ConvTranspose(filters, kernel, stride, padding, pad, outputPadding, bias, init, norm, rate)

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

    /**
     * Multiplies by one learnt number, or by one for each channel.
     *
     * @param perChannel whether each channel has a number of its own; by default not
     * @param init how the numbers are drawn; null, the default, for ones
     */
    public fun scale(
        perChannel: Boolean = Scale.scale().perChannel,
        init: Initializer? = Scale.scale().init,
    ): Unit = +Scale(perChannel, init)

    /**
     * A learnt image for each feature, multiplied by it: (C) to (C, [size], [size]).
     *
     * @param size side of the images, by default 4
     * @param init how the images are drawn, by default N(0, 1)
     */
    public fun basis(
        size: Int = Basis.basis().size,
        init: Initializer? = Basis.basis().init,
    ): Unit = +Basis(size, init)

    /**
     * Adds one learnt number, or one for each channel; they begin at 0.
     *
     * @param perChannel whether each channel has a number of its own; by default not
     */
    public fun shift(perChannel: Boolean = Shift.shift().perChannel): Unit = +Shift(perChannel)

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

    /**
     * Repeats each pixel [factor] x [factor] times, by default 2 x 2.
     *
     * @param filter the taps of a filter that smooths images on the way, an odd number, e.g.
     *   `listOf(1.0, 2.0, 1.0)`; by default none
     */
    public fun upsample(
        factor: Int = Upsample.upsample().factor,
        filter: List<Double> = Upsample.upsample().filter,
    ): Unit = +Upsample(factor, filter)

    /**
     * Smaller images by a low-pass filter, with zeros beyond the borders.
     *
     * @param factor how many times smaller they become, by default 2
     * @param filter the taps of the filter, an odd number; by default 1, 2, 1
     */
    public fun downsample(
        factor: Int = Downsample.downsample().factor,
        filter: List<Double> = Downsample.downsample().filter,
    ): Unit = +Downsample(factor, filter)

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
}
