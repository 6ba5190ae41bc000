package dev.sparring.dsl

import dev.sparring.init.FanRule
import dev.sparring.init.Initializer
import dev.sparring.norm.WeightNorm
import dev.sparring.recipe.Discriminator
import dev.sparring.recipe.Generator
import dev.sparring.recipe.InitByKind
import dev.sparring.recipe.Latent
import dev.sparring.recipe.NetworkSpec

/** What generator and discriminator have in common: layers, and how their weights begin. */
@GanDsl
public sealed class NetworkScope(defaults: NetworkSpec) : LayersScope() {
    /**
     * How every weight is drawn for which neither its layer nor its kind says, e.g. `orthogonal()`;
     * null, the default, is the convention's way: this library's own is N(0, 0.02).
     */
    public var init: Initializer? = defaults.init()

    /**
     * How every bias of a linear map is drawn; null, the default, is the convention's way: this
     * library's own is zeros.
     */
    public var biasInit: Initializer? = defaults.biasInit()

    /**
     * What scaling initializers count as fan-in and fan-out, [forward] or [pytorch]; null, the
     * default, is the convention's way: this library's own is [forward].
     */
    public var fans: FanRule? = defaults.fans()

    /**
     * How every weight is normalized whose layer does not say, e.g. `sn()`; by default not at all.
     */
    public var norm: WeightNorm = defaults.norm()

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
    /** How many numbers a sample is made from. */
    public var latent: Int,
    /** Where these numbers are drawn from. */
    public var noise: Latent,
) : NetworkScope(Generator.generator(emptyList())) {
    internal fun build() = Generator(latent, noise, init, biasInit, byKind, fans, norm, layers)
}

/** The settings of the discriminator, inside `discriminator { }`. */
@GanDsl
public class DiscriminatorScope
internal constructor(
    /** How many samples are judged together. */
    public var packing: Int = Discriminator.discriminator(emptyList()).packing,
    /** How many made samples are remembered. */
    public var pool: Int = Discriminator.discriminator(emptyList()).pool,
) : NetworkScope(Discriminator.discriminator(emptyList())) {
    internal fun build() = Discriminator(packing, pool, init, biasInit, byKind, fans, norm, layers)
}
