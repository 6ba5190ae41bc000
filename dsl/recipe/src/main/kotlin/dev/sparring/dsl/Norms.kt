package dev.sparring.dsl

import dev.sparring.norm.Bsn
import dev.sparring.norm.Bssn
import dev.sparring.norm.Equalized
import dev.sparring.norm.None
import dev.sparring.norm.Power
import dev.sparring.norm.Sn
import dev.sparring.norm.SnConv
import dev.sparring.norm.SpectralMode
import dev.sparring.norm.Ssn
import dev.sparring.norm.WeightNormalization

/** No normalization. */
public val none: None
    get() = None.none()

/** No normalization. */
public fun none(): None = None.none()

/** Spectral normalization with the default estimate. */
public val sn: Sn
    get() = Sn.sn()

/**
 * Spectral normalization: weights divided by their largest singular value.
 *
 * @param mode `SpectralMode.CLIP` to divide only weights whose norm is above 1; by default all
 * @param power how that value is estimated, by default [power] with its defaults
 */
public fun sn(power: Power = sn.power, mode: SpectralMode = sn.mode): Sn = Sn(power, mode)

/**
 * Scaled spectral normalization: spectral normalization times a factor.
 *
 * @param scale the factor, in the paper's experiments 0.7 to 4
 * @param mode `SpectralMode.CLIP` to divide only weights whose norm is above the scale; by default
 *   all
 * @param power how the norm is estimated, by default [power] with its defaults
 */
public fun ssn(
    scale: Double,
    power: Power = Ssn.ssn(scale).power,
    mode: SpectralMode = Ssn.ssn(scale).mode,
): Ssn = Ssn(scale, power, mode)

/** Spectral normalization by the norm of the whole convolution, to norm 1. */
public val snConv: SnConv
    get() = SnConv.snConv()

/**
 * Spectral normalization by the norm of the whole convolution, with its stride, its padding and the
 * size of its images.
 *
 * @param scale factor after the division, or the largest norm with `SpectralMode.CLIP`; by default
 *   1
 * @param mode `SpectralMode.CLIP` to divide only weights whose norm is above the scale; by default
 *   all
 * @param power how the norm is estimated, by default [power] with its defaults
 */
public fun snConv(
    scale: Double = SnConv.snConv().scale,
    power: Power = SnConv.snConv().power,
    mode: SpectralMode = SnConv.snConv().mode,
): SnConv = SnConv(scale, power, mode)

/** Bidirectional spectral normalization with the default estimate. */
public val bsn: Bsn
    get() = Bsn.bsn()

/**
 * Bidirectional spectral normalization: weights divided by the mean norm of both reshapes.
 *
 * @param power how the norms are estimated, by default [power] with its defaults
 */
public fun bsn(power: Power = bsn.power): Bsn = Bsn(power)

/**
 * Bidirectional scaled spectral normalization: the bidirectional one times a factor.
 *
 * @param scale the factor, in the paper's experiments 0.7 to 4
 * @param power how the norms are estimated, by default [power] with its defaults
 */
public fun bssn(scale: Double, power: Power = Bssn.bssn(scale).power): Bssn = Bssn(scale, power)

/**
 * How the spectral kinds estimate the largest singular value.
 *
 * @param iterations power iterations in each forward pass in training, by default 1
 * @param warmup power iterations when the network is created, by default 0
 * @param throughVectors whether gradients flow through the singular vectors; by default not
 */
public fun power(
    iterations: Int = Power.power().iterations,
    warmup: Int = Power.power().warmup,
    throughVectors: Boolean = Power.power().throughVectors,
): Power = Power(iterations, warmup, throughVectors)

/** Weight normalization: the weights of each output as a direction and a length, both learnt. */
public val weightNorm: WeightNormalization
    get() = WeightNormalization.weightNorm()

/**
 * Weight normalization: the weights of each output as a direction and a length, both learnt
 * (arXiv:1602.07868).
 *
 * @param dataDependent whether lengths and biases start from the statistics of a first batch; by
 *   default not
 */
public fun weightNorm(
    dataDependent: Boolean = WeightNormalization.weightNorm().dataDependent
): WeightNormalization = WeightNormalization(dataDependent)

/** Equalized learning rate with the gain of the activation after each layer. */
public val equalized: Equalized
    get() = Equalized.equalized()

/**
 * Equalized learning rate: weights c v, where v begins as N(0, 1) / multiplier and c = gain *
 * multiplier / sqrt(fan-in) (arXiv:1710.10196, section 4.1).
 *
 * @param gain the factor, or [auto], the default, for that of the activation after the layer, as
 *   for [he]
 * @param multiplier the learning rate relative to that with multiplier 1, the default
 */
public fun equalized(
    gain: Double? = Equalized.equalized().gain,
    multiplier: Double = Equalized.equalized().multiplier,
): Equalized = Equalized(gain, multiplier)
