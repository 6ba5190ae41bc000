package dev.sparring.dsl

import dev.sparring.loss.Auxiliary
import dev.sparring.loss.ClipWeights
import dev.sparring.loss.CycleConsistency
import dev.sparring.loss.Dragan
import dev.sparring.loss.GradientPenalty
import dev.sparring.loss.Identity
import dev.sparring.loss.OrthogonalRegularization
import dev.sparring.loss.R1
import dev.sparring.loss.R2
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

/** The gradient penalty of DRAGAN with the paper's weight, 10. */
public val dragan: Dragan
    get() = Dragan.dragan()

/**
 * The gradient penalty of DRAGAN: the discriminator's gradient around real samples should have
 * length 1.
 *
 * @param weight lambda in the paper, by default 10
 * @param spread how far around, in standard deviations of the batch, by default 0.5
 */
public fun dragan(weight: Double = dragan.weight, spread: Double = dragan.spread): Dragan =
    Dragan(weight, spread)

/** R1: the discriminator's gradient at real samples should be short. */
public val r1: R1
    get() = R1.r1()

/**
 * R1: the discriminator's gradient at real samples should be short.
 *
 * @param gamma the paper's, by default 10
 * @param every of how many updates of the discriminator one has the term, then as many times as
 *   large; by default each has
 */
public fun r1(gamma: Double = r1.gamma, every: Int = r1.every): R1 = R1(gamma, every)

/** R2: the discriminator's gradient at made samples should be short. */
public val r2: R2
    get() = R2.r2()

/**
 * R2: the discriminator's gradient at made samples should be short.
 *
 * @param gamma the paper's, by default 10
 * @param every of how many updates of the discriminator one has the term, then as many times as
 *   large; by default each has
 */
public fun r2(gamma: Double = r2.gamma, every: Int = r2.every): R2 = R2(gamma, every)

/** BigGAN's orthogonal regularization of the generator. */
public val orthogonalRegularization: OrthogonalRegularization
    get() = OrthogonalRegularization.orthogonalRegularization()

/**
 * Orthogonal regularization: what a layer's outputs look for should have nothing in common.
 *
 * @param weight beta in the paper, by default 1e-4
 * @param network whose weights: [ofGenerator], the default, [ofDiscriminator] or [ofBoth]
 * @param offDiagonalOnly whether the lengths of rows are left as they are, as in BigGAN; by default
 *   they are
 */
public fun orthogonalRegularization(
    weight: Double = orthogonalRegularization.weight,
    network: OrthogonalRegularization.Side = orthogonalRegularization.network,
    offDiagonalOnly: Boolean = orthogonalRegularization.offDiagonalOnly,
): OrthogonalRegularization = OrthogonalRegularization(weight, network, offDiagonalOnly)

/** The generator's weights are meant. */
public val ofGenerator: OrthogonalRegularization.Side
    get() = OrthogonalRegularization.Side.GENERATOR

/** The discriminator's weights are meant. */
public val ofDiscriminator: OrthogonalRegularization.Side
    get() = OrthogonalRegularization.Side.DISCRIMINATOR

/** Both players' weights are meant. */
public val ofBoth: OrthogonalRegularization.Side
    get() = OrthogonalRegularization.Side.BOTH

/** The weight clipping of the first WGAN paper, with its limit, 0.01. */
public val clipWeights: ClipWeights
    get() = ClipWeights.clipWeights()

/**
 * The weight clipping of the first WGAN paper: behind each update the discriminator's parameters
 * are cut off.
 *
 * @param limit where, by default at -0.01 and 0.01
 */
public fun clipWeights(limit: Double = clipWeights.limit): ClipWeights = ClipWeights(limit)

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

/** The way there and back of CycleGAN, with the paper's weight, 10. */
public val cycle: CycleConsistency
    get() = CycleConsistency.cycle()

/**
 * The cycle consistency of CycleGAN: how far an image is from itself after the way there and back.
 *
 * @param weight lambda in the paper, by default 10
 */
public fun cycle(weight: Double = cycle.weight): CycleConsistency = CycleConsistency(weight)

/** What a generator changes of what is right already, with CycleGAN's weight, 5. */
public val identity: Identity
    get() = Identity.identity()

/**
 * The identity loss of CycleGAN: how much a generator changes what is of the wanted kind already.
 *
 * @param weight half of lambda in the paper, by default 5
 */
public fun identity(weight: Double = identity.weight): Identity = Identity(weight)
