package dev.sparring.dsl

import dev.sparring.loss.Auxiliary
import dev.sparring.loss.GradientPenalty
import dev.sparring.loss.Reconstruction

/** The class loss of ACGAN with the paper's weights, 1 each. */
public val auxiliary: Auxiliary
    get() = Auxiliary.auxiliary()

/**
 * The class loss of ACGAN: the cross entropy of the classes that the discriminator's
 * `auxiliaryClassifier` puts out.
 *
 * @param real its weight for real samples in the discriminator's loss, by default 1
 * @param fake its weight for made samples there, by default 1
 * @param generator its weight in the generator's loss, by default 1
 */
public fun auxiliary(
    real: Double = auxiliary.real,
    fake: Double = auxiliary.fake,
    generator: Double = auxiliary.generator,
): Auxiliary = Auxiliary(real, fake, generator)

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
