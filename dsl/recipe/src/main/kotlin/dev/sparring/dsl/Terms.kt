package dev.sparring.dsl

import dev.sparring.loss.GradientPenalty
import dev.sparring.loss.Reconstruction

/** The gradient penalty of WGAN-GP with the paper's weight, 10. */
public val gradientPenalty: GradientPenalty
    get() = GradientPenalty.gradientPenalty()

/**
 * The gradient penalty of WGAN-GP: the discriminator's gradient between real and made samples
 * should have length 1.
 *
 * @param weight lambda in the paper, by default 10
 */
public fun gradientPenalty(weight: Double = gradientPenalty.weight): GradientPenalty =
    GradientPenalty(weight)

/** The distance to the samples of paired data, by absolute values with the weight of pix2pix. */
public val reconstruction: Reconstruction
    get() = Reconstruction.reconstruction()

/**
 * The distance to what the generator should have made of its source, for paired data.
 *
 * @param distance absolute values, [l1], the default, or squares, [l2]
 * @param weight lambda in pix2pix, by default 100
 */
public fun reconstruction(
    distance: Reconstruction.Distance = reconstruction.distance,
    weight: Double = reconstruction.weight,
): Reconstruction = Reconstruction(distance, weight)

/** Differences count by their absolute values. */
public val l1: Reconstruction.Distance
    get() = Reconstruction.Distance.L1

/** Differences count by their squares. */
public val l2: Reconstruction.Distance
    get() = Reconstruction.Distance.L2
