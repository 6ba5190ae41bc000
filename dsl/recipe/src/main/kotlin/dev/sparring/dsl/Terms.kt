package dev.sparring.dsl

import dev.sparring.loss.Auxiliary
import dev.sparring.loss.ClipWeights
import dev.sparring.loss.CycleConsistency
import dev.sparring.loss.Dragan
import dev.sparring.loss.GradientPenalty
import dev.sparring.loss.Identity
import dev.sparring.loss.LeCam
import dev.sparring.loss.OrthogonalRegularization
import dev.sparring.loss.PenaltyAt
import dev.sparring.loss.R1
import dev.sparring.loss.R2
import dev.sparring.loss.Reconstruction

/** The class loss of ACGAN with the paper's weights, 1 each. */
public val auxiliary: Auxiliary
    get() = Auxiliary.auxiliary()

/**
 * The class loss of ACGAN: the cross entropy of the classes that the discriminator's
 * `auxiliaryClassifier` outputs.
 *
 * @param real its weight for real samples in the discriminator's loss, by default 1
 * @param fake its weight for generated samples in the discriminator's loss, by default 1
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
 * The gradient penalty of WGAN-GP: the discriminator's gradient between real and generated samples
 * should have length 1.
 *
 * @param weight lambda in the paper, by default 10
 * @param at between what the points lie: `PenaltyAt.RAW`, the samples themselves, or
 *   `PenaltyAt.SEEN`, what the discriminator sees; null, the default, for the former where samples
 *   are augmented or packed
 */
public fun gradientPenalty(
    weight: Double = gradientPenalty.weight,
    at: PenaltyAt? = gradientPenalty.at,
): GradientPenalty = GradientPenalty(weight, at)

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

/** LeCam regularization with the settings of the authors' BigGAN. */
public val lecam: LeCam
    get() = LeCam.lecam()

/**
 * LeCam regularization: no score goes far away from the moving average of the other kind's.
 *
 * @param weight lambda in the paper, by default 0.3
 * @param decay of the averages, by default 0.9
 * @param start the last of the discriminator's updates without it, by default 1,000
 * @param debias whether averages are weighted as if they began with nothing, by default not
 */
public fun lecam(
    weight: Double = lecam.weight,
    decay: Double = lecam.decay,
    start: Int = lecam.start,
    debias: Boolean = lecam.debias,
): LeCam = LeCam(weight, decay, start, debias)

/** R1: the discriminator's gradient at real samples should be short. */
public val r1: R1
    get() = R1.r1()

/**
 * R1: the discriminator's gradient at real samples should be short.
 *
 * @param gamma the paper's, by default 10
 * @param every how many updates of the discriminator apart the term is applied, multiplied by that
 *   number (lazy regularization); by default 1, in every update
 * @param at by what scores are differentiated: `PenaltyAt.RAW`, the samples themselves, or
 *   `PenaltyAt.SEEN`, what the discriminator sees; null, the default, for the former where samples
 *   are augmented or packed
 */
public fun r1(gamma: Double = r1.gamma, every: Int = r1.every, at: PenaltyAt? = r1.at): R1 =
    R1(gamma, every, at)

/** R2: the discriminator's gradient at generated samples should be short. */
public val r2: R2
    get() = R2.r2()

/**
 * R2: the discriminator's gradient at generated samples should be short.
 *
 * @param gamma the paper's, by default 10
 * @param every how many updates of the discriminator apart the term is applied, multiplied by that
 *   number (lazy regularization); by default 1, in every update
 * @param at by what scores are differentiated: `PenaltyAt.RAW`, the samples themselves, or
 *   `PenaltyAt.SEEN`, what the discriminator sees; null, the default, for the former where samples
 *   are augmented or packed
 */
public fun r2(gamma: Double = r2.gamma, every: Int = r2.every, at: PenaltyAt? = r2.at): R2 =
    R2(gamma, every, at)

/** BigGAN's orthogonal regularization of the generator. */
public val orthogonalRegularization: OrthogonalRegularization
    get() = OrthogonalRegularization.orthogonalRegularization()

/**
 * Orthogonal regularization: the weight vectors of a layer's outputs should be orthogonal.
 *
 * @param weight beta in the paper, by default 1e-4
 * @param network whose weights are regularized: [ofGenerator], the default, [ofDiscriminator] or
 *   [ofBoth]
 * @param offDiagonalOnly whether the lengths of rows are left free, as in BigGAN; by default they
 *   are
 */
public fun orthogonalRegularization(
    weight: Double = orthogonalRegularization.weight,
    network: OrthogonalRegularization.Side = orthogonalRegularization.network,
    offDiagonalOnly: Boolean = orthogonalRegularization.offDiagonalOnly,
): OrthogonalRegularization = OrthogonalRegularization(weight, network, offDiagonalOnly)

/** The generator's weights. */
public val ofGenerator: OrthogonalRegularization.Side
    get() = OrthogonalRegularization.Side.GENERATOR

/** The discriminator's weights. */
public val ofDiscriminator: OrthogonalRegularization.Side
    get() = OrthogonalRegularization.Side.DISCRIMINATOR

/** The weights of both networks. */
public val ofBoth: OrthogonalRegularization.Side
    get() = OrthogonalRegularization.Side.BOTH

/** The weight clipping of the first WGAN paper, with its limit, 0.01. */
public val clipWeights: ClipWeights
    get() = ClipWeights.clipWeights()

/**
 * The weight clipping of the first WGAN paper: after each update, the discriminator's parameters
 * are clipped to [-limit, limit].
 *
 * @param limit the largest absolute value, by default 0.01
 */
public fun clipWeights(limit: Double = clipWeights.limit): ClipWeights = ClipWeights(limit)

/** The distance to the samples of paired data, by absolute values with the weight of pix2pix. */
public val reconstruction: Reconstruction
    get() = Reconstruction.reconstruction()

/**
 * The distance from the generated sample to the target that belongs to its source, for paired data.
 *
 * @param distance the mean of absolute values, [l1], the default, or of squares, [l2]
 * @param weight lambda in pix2pix, by default 100
 */
public fun reconstruction(
    distance: Reconstruction.Distance = reconstruction.distance,
    weight: Double = reconstruction.weight,
): Reconstruction = Reconstruction(distance, weight)

/** Absolute differences. */
public val l1: Reconstruction.Distance
    get() = Reconstruction.Distance.L1

/** Squared differences. */
public val l2: Reconstruction.Distance
    get() = Reconstruction.Distance.L2

/** The cycle consistency of CycleGAN with the paper's weight, 10. */
public val cycle: CycleConsistency
    get() = CycleConsistency.cycle()

/**
 * The cycle consistency of CycleGAN: the distance of an image from its translation forward and
 * back.
 *
 * @param weight lambda in the paper, by default 10
 */
public fun cycle(weight: Double = cycle.weight): CycleConsistency = CycleConsistency(weight)

/** The identity loss of CycleGAN with its weight, 5. */
public val identity: Identity
    get() = Identity.identity()

/**
 * The identity loss of CycleGAN: how much a generator changes a sample of its target domain.
 *
 * @param weight half of lambda in the paper, by default 5
 */
public fun identity(weight: Double = identity.weight): Identity = Identity(weight)
