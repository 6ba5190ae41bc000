package dev.sparring.dsl

import dev.sparring.init.Initializer
import dev.sparring.layer.AuxiliaryClassifier
import dev.sparring.layer.Block
import dev.sparring.layer.BlockNorm
import dev.sparring.layer.Branches
import dev.sparring.layer.ConcatLabels
import dev.sparring.layer.ConditionalBatchNorm
import dev.sparring.layer.Embedding
import dev.sparring.layer.Join
import dev.sparring.layer.Layer
import dev.sparring.layer.Projection
import dev.sparring.layer.Resample
import dev.sparring.layer.Residual
import dev.sparring.layer.ResidualBlock
import dev.sparring.layer.SelfAttention
import dev.sparring.layer.Skip
import dev.sparring.layer.Stack
import dev.sparring.norm.WeightNorm

/**
 * Layers, each added after the previous ones: those of [BasicLayersScope], layers made of layers,
 * and layers that are conditional. Shapes are those of one sample.
 */
@GanDsl
public abstract class LayersScope internal constructor(sites: CallSites?) :
    BasicLayersScope(sites) {
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
    ): Unit = +Residual(inner(sites, layers), inner(sites, shortcut))

    /**
     * A skip connection: the channels of the input, then those of the output of [layers]. Nested
     * ones form a U-Net.
     */
    public fun skip(layers: InnerLayersScope.() -> Unit): Unit = +Skip.skip(inner(sites, layers))

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
    ): Unit = +Branches(BranchesScope(sites).apply(paths).paths, join)

    /** Concatenates the channels of outputs. */
    public val concat: Join
        get() = Join.CONCAT

    /** Adds the outputs. */
    public val sum: Join
        get() = Join.SUM

    /** The same layers repeated [times] times, each time with parameters of their own. */
    public fun stack(times: Int, layers: InnerLayersScope.() -> Unit): Unit =
        +Stack(times, inner(sites, layers))

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
        fun inner(sites: CallSites?, layers: InnerLayersScope.() -> Unit): List<Layer> =
            InnerLayersScope(sites).apply(layers).layers
    }
}

/** Layers inside a layer or a block. */
@GanDsl public class InnerLayersScope internal constructor(sites: CallSites?) : LayersScope(sites)

/** The paths of `branches { }`. */
@GanDsl
public class BranchesScope internal constructor(private val sites: CallSites?) {
    internal val paths = mutableListOf<List<Layer>>()

    /** One more path; without layers it is the input itself. */
    public fun path(layers: InnerLayersScope.() -> Unit) {
        paths += LayersScope.inner(sites, layers)
    }
}
