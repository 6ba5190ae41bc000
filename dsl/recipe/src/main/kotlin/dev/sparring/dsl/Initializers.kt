package dev.sparring.dsl

import dev.sparring.init.Constant
import dev.sparring.init.ConvOrthogonal
import dev.sparring.init.DeltaOrthogonal
import dev.sparring.init.Distribution
import dev.sparring.init.Fan
import dev.sparring.init.Fixup
import dev.sparring.init.He
import dev.sparring.init.Initializer
import dev.sparring.init.LeCun
import dev.sparring.init.Lsuv
import dev.sparring.init.Normal
import dev.sparring.init.Ones
import dev.sparring.init.Orthogonal
import dev.sparring.init.TruncatedNormal
import dev.sparring.init.Uniform
import dev.sparring.init.Xavier
import dev.sparring.init.Zeros

/** The gain of the activation after the layer: `orthogonal(gain = auto)`. */
public val auto: Double?
    get() = null

/** All zero. */
public val zeros: Zeros
    get() = Zeros.zeros()

/** All zero. */
public fun zeros(): Zeros = Zeros.zeros()

/** All one. */
public val ones: Ones
    get() = Ones.ones()

/** All one. */
public fun ones(): Ones = Ones.ones()

/** One [value] everywhere. */
public fun constant(value: Double): Constant = Constant(value)

/** Gaussian, N(0, 0.02). */
public val normal: Normal
    get() = Normal.normal()

/**
 * Gaussian.
 *
 * @param mean by default 0
 * @param std standard deviation, by default 0.02
 */
public fun normal(mean: Double = normal.mean, std: Double = normal.std): Normal = Normal(mean, std)

/** Gaussian with mean 0 and standard deviation 0.02, cut at two standard deviations. */
public val truncatedNormal: TruncatedNormal
    get() = TruncatedNormal.truncatedNormal()

/**
 * Gaussian whose values further than two standard deviations from the mean are drawn again.
 *
 * @param mean by default 0
 * @param std standard deviation before the cut, by default 0.02
 */
public fun truncatedNormal(
    mean: Double = truncatedNormal.mean,
    std: Double = truncatedNormal.std,
): TruncatedNormal = TruncatedNormal(mean, std)

/** Uniform on [[low], [high]). */
public fun uniform(low: Double, high: Double): Uniform = Uniform(low, high)

/** He initialization: normal, fan-in, gain of the activation after the layer. */
public val he: He
    get() = He.he()

/**
 * He (Kaiming) initialization: standard deviation gain / sqrt(fan).
 *
 * @param distribution by default normal
 * @param fan whose variance is preserved: that of activations (in, the default) or of gradients
 *   (out)
 * @param gain the factor; [auto], the default, is that of the activation after the layer
 */
public fun he(
    distribution: Distribution = he.distribution,
    fan: Fan = he.fan,
    gain: Double? = he.gain,
): He = He(distribution, fan, gain)

/** Xavier initialization: uniform, gain 1. */
public val xavier: Xavier
    get() = Xavier.xavier()

/**
 * Xavier (Glorot) initialization: standard deviation gain * sqrt(2 / (fan-in + fan-out)).
 *
 * @param distribution by default uniform
 * @param gain the factor, by default 1; [auto] for the gain of the activation after the layer
 */
public fun xavier(
    distribution: Distribution = xavier.distribution,
    gain: Double? = xavier.gain,
): Xavier = Xavier(distribution, gain)

/** LeCun initialization: normal. */
public val lecun: LeCun
    get() = LeCun.lecun()

/**
 * LeCun initialization: standard deviation 1 / sqrt(fan-in).
 *
 * @param distribution by default normal
 */
public fun lecun(distribution: Distribution = lecun.distribution): LeCun = LeCun(distribution)

/** A random orthogonal matrix. */
public val orthogonal: Orthogonal
    get() = Orthogonal.orthogonal()

/**
 * A random (semi-)orthogonal matrix.
 *
 * @param gain the factor, by default 1; [auto] for the gain of the activation after the layer
 */
public fun orthogonal(gain: Double? = orthogonal.gain): Orthogonal = Orthogonal(gain)

/** Orthogonal convolutions: an orthogonal matrix at the middle tap, and zeros elsewhere. */
public val deltaOrthogonal: DeltaOrthogonal
    get() = DeltaOrthogonal.deltaOrthogonal()

/**
 * Orthogonal convolutions: an orthogonal matrix at the middle tap, and zeros elsewhere
 * (arXiv:1806.05393). Needs at least as many outputs as inputs.
 *
 * @param gain the factor, by default 1; [auto] for the gain of the activation after the layer
 */
public fun deltaOrthogonal(gain: Double? = deltaOrthogonal.gain): DeltaOrthogonal =
    DeltaOrthogonal(gain)

/** Orthogonal convolutions with all taps in use. */
public val convOrthogonal: ConvOrthogonal
    get() = ConvOrthogonal.convOrthogonal()

/**
 * Orthogonal convolutions with all taps in use (arXiv:1806.05393). Needs at least as many outputs
 * as inputs.
 *
 * @param gain the factor, by default 1; [auto] for the gain of the activation after the layer
 */
public fun convOrthogonal(gain: Double? = convOrthogonal.gain): ConvOrthogonal =
    ConvOrthogonal(gain)

/** Fixup initialization of residual networks, on [he]. */
public val fixup: Fixup
    get() = Fixup.fixup()

/**
 * Fixup initialization of residual networks: zeros in the last weight of each residual branch, the
 * others scaled by the number and the depth of the branches (arXiv:1901.09321).
 *
 * @param base how weights are drawn before they are scaled, by default [he]
 * @param zeroLast whether the network's last weight begins at 0 too; by default not
 */
public fun fixup(
    base: Initializer = Fixup.fixup().base,
    zeroLast: Boolean = Fixup.fixup().zeroLast,
): Fixup = Fixup(base, zeroLast)

/** Layer-sequential unit-variance initialization: orthogonal, scaled by a first batch. */
public val lsuv: Lsuv
    get() = Lsuv.lsuv()

/**
 * Layer-sequential unit-variance initialization: weights are divided by the standard deviation of
 * their layer's outputs for a first batch (arXiv:1511.06422).
 *
 * @param base how weights are drawn first, by default [orthogonal]
 * @param std standard deviation that outputs shall have, by default 1
 * @param tolerance how far from it is near enough, by default 0.1
 * @param attempts how often a layer is corrected at most, by default 10
 * @param center whether biases are moved against the mean of the outputs; by default they are
 */
public fun lsuv(
    base: Initializer = Lsuv.lsuv().base,
    std: Double = Lsuv.lsuv().std,
    tolerance: Double = Lsuv.lsuv().tolerance,
    attempts: Int = Lsuv.lsuv().attempts,
    center: Boolean = Lsuv.lsuv().center,
): Lsuv = Lsuv(base, std, tolerance, attempts, center)
