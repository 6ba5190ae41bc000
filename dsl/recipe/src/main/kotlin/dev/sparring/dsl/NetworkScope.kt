package dev.sparring.dsl

import dev.sparring.init.FanRule
import dev.sparring.init.Initializer
import dev.sparring.loss.DiscriminatorOutput
import dev.sparring.norm.WeightNorm
import dev.sparring.recipe.Discriminator
import dev.sparring.recipe.Generator
import dev.sparring.recipe.InitByKind
import dev.sparring.recipe.Latent
import dev.sparring.recipe.NetworkSpec

/**
 * What generator and discriminator have in common: layers, and how their weights are initialized.
 */
@GanDsl
public sealed class NetworkScope(defaults: NetworkSpec, sites: CallSites?) : LayersScope(sites) {
    /**
     * The initializer of every weight for which neither its layer nor `initByKind` gives one, e.g.
     * `orthogonal()`; null, the default, is the convention's, N(0, 0.02) in this library's own.
     */
    public var init: Initializer? = defaults.init()
        set(value) {
            value?.let { sites?.note(it) }
            field = value
        }

    /**
     * The initializer of every bias of a linear layer; null, the default, is the convention's,
     * zeros in this library's own.
     */
    public var biasInit: Initializer? = defaults.biasInit()
        set(value) {
            value?.let { sites?.note(it) }
            field = value
        }

    /**
     * What scaling initializers count as fan-in and fan-out, [forward] or [pytorch]; null, the
     * default, is the convention's, [forward] in this library's own.
     */
    public var fans: FanRule? = defaults.fans()

    /**
     * The normalization of every weight whose layer does not set its own, e.g. `sn()`; by default
     * none.
     */
    public var norm: WeightNorm = defaults.norm()
        set(value) {
            sites?.note(value)
            field = value
        }

    /** Fans of the layer's own forward map. */
    public val forward: FanRule
        get() = FanRule.FORWARD

    /** Fans as PyTorch counts them, which differ for transposed convolutions. */
    public val pytorch: FanRule
        get() = FanRule.PYTORCH

    internal var byKind: InitByKind = defaults.initByKind()
        private set

    /** Initializers for single kinds of layers: `initByKind { conv = he() }`. */
    public fun initByKind(settings: InitByKindScope.() -> Unit) {
        byKind = InitByKindScope(byKind).apply(settings).build()
    }
}

/** The settings of the generator, inside `generator { }`. */
@GanDsl
public class GeneratorScope
internal constructor(
    /** How many random numbers a sample is generated from. */
    public var latent: Int,
    /** The distribution of these numbers. */
    public var noise: Latent,
    sites: CallSites?,
) : NetworkScope(Generator.generator(emptyList()), sites) {
    internal fun build() = Generator(latent, noise, init, biasInit, byKind, fans, norm, layers)
}

/** The settings of the discriminator, inside `discriminator { }`. */
@GanDsl
public class DiscriminatorScope
internal constructor(
    /** How many samples it judges together as one input. */
    public var packing: Int,
    /**
     * Size of the history of generated samples (image pool); half of those shown are drawn from it.
     */
    public var pool: Int,
    sites: CallSites?,
) : NetworkScope(Discriminator.discriminator(emptyList()), sites) {
    /** What is made of its scores, e.g. `gradientNorm`; null, the default, for the scores alone. */
    public var output: DiscriminatorOutput? = null
        set(value) {
            value?.let { sites?.note(it) }
            field = value
        }

    internal fun build() =
        Discriminator(packing, pool, output, init, biasInit, byKind, fans, norm, layers)
}
