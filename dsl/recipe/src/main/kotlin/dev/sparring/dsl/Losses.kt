package dev.sparring.dsl

import dev.sparring.loss.Hinge
import dev.sparring.loss.LeastSquares
import dev.sparring.loss.Minimax
import dev.sparring.loss.NonSaturating
import dev.sparring.loss.Wasserstein

/** The non-saturating loss of the first GAN paper. */
public val nonSaturating: NonSaturating
    get() = NonSaturating.nonSaturating()

/** The non-saturating loss of the first GAN paper. */
public fun nonSaturating(): NonSaturating = NonSaturating.nonSaturating()

/** The minimax loss of the first GAN paper. */
public val minimax: Minimax
    get() = Minimax.minimax()

/** The minimax loss of the first GAN paper. */
public fun minimax(): Minimax = Minimax.minimax()

/** The hinge loss. */
public val hinge: Hinge
    get() = Hinge.hinge()

/** The hinge loss. */
public fun hinge(): Hinge = Hinge.hinge()

/** The least-squares loss of LSGAN. */
public val leastSquares: LeastSquares
    get() = LeastSquares.leastSquares()

/** The least-squares loss of LSGAN. */
public fun leastSquares(): LeastSquares = LeastSquares.leastSquares()

/** The Wasserstein loss; the discriminator has to be kept Lipschitz. */
public val wasserstein: Wasserstein
    get() = Wasserstein.wasserstein()

/** The Wasserstein loss; the discriminator has to be kept Lipschitz. */
public fun wasserstein(): Wasserstein = Wasserstein.wasserstein()
