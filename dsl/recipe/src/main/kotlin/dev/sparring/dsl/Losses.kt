package dev.sparring.dsl

import dev.sparring.loss.GradientNorm
import dev.sparring.loss.Hinge
import dev.sparring.loss.LeastSquares
import dev.sparring.loss.LogProbability
import dev.sparring.loss.Loss
import dev.sparring.loss.Minimax
import dev.sparring.loss.NonSaturating
import dev.sparring.loss.Relativistic
import dev.sparring.loss.RelativisticAverage
import dev.sparring.loss.Wasserstein
import dev.sparring.loss.WeightedLoss

/** The non-saturating loss of the first GAN paper. */
public val nonSaturating: NonSaturating
    get() = NonSaturating.nonSaturating()

/**
 * The non-saturating loss of the first GAN paper.
 *
 * @param realTarget the discriminator's target for real samples, by default 1; below 1 it is
 *   one-sided label smoothing
 */
public fun nonSaturating(realTarget: Double = nonSaturating.realTarget): NonSaturating =
    NonSaturating(realTarget)

/** The minimax loss of the first GAN paper. */
public val minimax: Minimax
    get() = Minimax.minimax()

/**
 * The minimax loss of the first GAN paper.
 *
 * @param realTarget the discriminator's target for real samples, by default 1
 */
public fun minimax(realTarget: Double = minimax.realTarget): Minimax = Minimax(realTarget)

/** The hinge loss. */
public val hinge: Hinge
    get() = Hinge.hinge()

/** The hinge loss. */
public fun hinge(): Hinge = Hinge.hinge()

/** The least-squares loss of LSGAN. */
public val leastSquares: LeastSquares
    get() = LeastSquares.leastSquares()

/**
 * The least-squares loss of LSGAN.
 *
 * @param realTarget the discriminator's target for real samples, by default 1
 * @param fakeTarget the discriminator's target for generated samples, by default 0
 * @param generatorTarget the generator's target for its own samples, by default 1
 */
public fun leastSquares(
    realTarget: Double = leastSquares.realTarget,
    fakeTarget: Double = leastSquares.fakeTarget,
    generatorTarget: Double = leastSquares.generatorTarget,
): LeastSquares = LeastSquares(realTarget, fakeTarget, generatorTarget)

/** The Wasserstein loss; the discriminator has to be kept Lipschitz. */
public val wasserstein: Wasserstein
    get() = Wasserstein.wasserstein()

/** The Wasserstein loss; the discriminator has to be kept Lipschitz. */
public fun wasserstein(): Wasserstein = Wasserstein.wasserstein()

/** The non-saturating loss for a discriminator that ends in a sigmoid, as in old pix2pix code. */
public val logProbability: LogProbability
    get() = LogProbability.logProbability()

/**
 * The non-saturating loss for a discriminator that ends in a sigmoid, as in old pix2pix code.
 *
 * @param eps keeps the logarithm finite, by default 1e-12
 */
public fun logProbability(eps: Double = logProbability.eps): LogProbability = LogProbability(eps)

/**
 * The relativistic average of a loss: real samples are scored against the mean score of generated
 * ones, and generated samples against the mean score of real ones.
 *
 * @param loss the loss of these differences: `relativisticAverage(hinge)`
 */
public fun relativisticAverage(loss: Loss): RelativisticAverage = RelativisticAverage(loss)

/**
 * A loss with a factor for each network; terms are not multiplied.
 *
 * @param loss the loss to multiply: `weighted(nonSaturating, discriminator = 0.5)`
 * @param discriminator factor on its loss, by default 1
 * @param generator factor on its loss, by default 1
 */
public fun weighted(
    loss: Loss,
    discriminator: Double = WeightedLoss.weighted(loss).discriminator,
    generator: Double = WeightedLoss.weighted(loss).generator,
): WeightedLoss = WeightedLoss(loss, discriminator, generator)

/** Gradient normalization of the discriminator's scores. */
public val gradientNorm: GradientNorm
    get() = GradientNorm.gradientNorm()

/**
 * Gradient normalization of the discriminator's scores: f / (|grad f| + |f|) (arXiv:2109.02235).
 */
public fun gradientNorm(): GradientNorm = GradientNorm.gradientNorm()

/** The relativistic pairing loss of R3GAN. */
public val relativistic: Relativistic
    get() = Relativistic.relativistic()

/**
 * The relativistic pairing loss of R3GAN: each real sample is compared with one generated sample
 * (arXiv:1807.00734, arXiv:2501.05441).
 */
public fun relativistic(): Relativistic = Relativistic.relativistic()
