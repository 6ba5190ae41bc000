package dev.sparring.dsl

import dev.sparring.loss.Hinge
import dev.sparring.loss.LeastSquares
import dev.sparring.loss.LogProbability
import dev.sparring.loss.Loss
import dev.sparring.loss.Minimax
import dev.sparring.loss.NonSaturating
import dev.sparring.loss.RelativisticAverage
import dev.sparring.loss.Wasserstein
import dev.sparring.loss.WeightedLoss

/** The non-saturating loss of the first GAN paper. */
public val nonSaturating: NonSaturating
    get() = NonSaturating.nonSaturating()

/**
 * The non-saturating loss of the first GAN paper.
 *
 * @param realTarget what the discriminator is to say of real samples, by default 1; below, labels
 *   are smoothed on one side
 */
public fun nonSaturating(realTarget: Double = nonSaturating.realTarget): NonSaturating =
    NonSaturating(realTarget)

/** The minimax loss of the first GAN paper. */
public val minimax: Minimax
    get() = Minimax.minimax()

/**
 * The minimax loss of the first GAN paper.
 *
 * @param realTarget what the discriminator is to say of real samples, by default 1
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
 * @param realTarget what the discriminator is to say of real samples, by default 1
 * @param fakeTarget what it is to say of made ones, by default 0
 * @param generatorTarget what the generator wants it to say, by default 1
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
 * How much more real samples look than made ones do on average, and the other way round.
 *
 * @param loss what is made of that: `relativisticAverage(hinge)`
 */
public fun relativisticAverage(loss: Loss): RelativisticAverage = RelativisticAverage(loss)

/**
 * Another loss with a factor for each player; terms are not multiplied.
 *
 * @param loss the other one: `weighted(nonSaturating, discriminator = 0.5)`
 * @param discriminator factor on its loss, by default 1
 * @param generator factor on its loss, by default 1
 */
public fun weighted(
    loss: Loss,
    discriminator: Double = WeightedLoss.weighted(loss).discriminator,
    generator: Double = WeightedLoss.weighted(loss).generator,
): WeightedLoss = WeightedLoss(loss, discriminator, generator)
