package dev.sparring.dsl

import dev.sparring.recipe.KeepBest

/**
 * Keeps the checkpoint that is the best by a column of `metrics.csv`, besides the newest ones:
 * `output(keepBest = keepBest("frechet_distance.pixels"))`. Steps without a checkpoint or without a
 * finite number in that column do not take part.
 *
 * @param by the column; a run whose metrics will not have it is refused before its first step
 * @param order whether the lowest or the highest number is the best, by default the lowest
 */
public fun keepBest(by: String, order: KeepBest.Order = KeepBest.keepBest(by).order): KeepBest =
    KeepBest(by, order)
