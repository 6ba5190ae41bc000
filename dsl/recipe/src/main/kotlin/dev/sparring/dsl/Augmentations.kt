package dev.sparring.dsl

import dev.sparring.augment.Flip

/** Mirrors every other image left to right. */
public val flip: Flip
    get() = Flip.flip()

/**
 * Mirrors images left to right.
 *
 * @param probability of each image, by default 0.5
 */
public fun flip(probability: Double = flip.probability): Flip = Flip(probability)
