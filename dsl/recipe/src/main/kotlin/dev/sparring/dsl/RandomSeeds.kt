package dev.sparring.dsl

import dev.sparring.recipe.Seeds

/**
 * Seeds of some of a run's random numbers: `train(seed = 7, seeds = seeds(weights = 1))`. Each that
 * is left out is the run's own seed.
 *
 * @param weights initial weights, and the initial states of their normalizations
 * @param order in which order the data is read, and random crops and mirrors of what is read
 * @param noise noise and classes of the generated samples of all updates
 * @param rest everything else: dropout, augmentations, terms, the pool, and data that is drawn
 */
public fun seeds(
    weights: Long? = null,
    order: Long? = null,
    noise: Long? = null,
    rest: Long? = null,
): Seeds = Seeds(weights, order, noise, rest)
