package dev.sparring.dsl

import dev.sparring.optim.ConstantRate
import dev.sparring.optim.CosineDecay
import dev.sparring.optim.LinearDecay
import dev.sparring.optim.StepDecay

/** The same learning rate throughout. */
public val constant: ConstantRate
    get() = ConstantRate.constantRate()

/** The same learning rate throughout. */
public fun constant(): ConstantRate = ConstantRate.constantRate()

/** The learning rate in a straight line down to zero. */
public val linear: LinearDecay
    get() = LinearDecay.linearDecay()

/**
 * The full learning rate for a while, then in a straight line down.
 *
 * @param start the share of the run after which it falls, in [0, 1); by default 0
 * @param end the factor at the end of the run, by default 0
 */
public fun linear(start: Double = linear.start, end: Double = linear.end): LinearDecay =
    LinearDecay(start, end)

/** The learning rate along half a cosine wave down to zero. */
public val cosine: CosineDecay
    get() = CosineDecay.cosineDecay()

/**
 * The learning rate along half a cosine wave down.
 *
 * @param end the factor at the end of the run, by default 0
 */
public fun cosine(end: Double = cosine.end): CosineDecay = CosineDecay(end)

/**
 * The learning rate, multiplied by a factor after each of the given steps: `steps(500, 800, factor
 * = 0.5)`.
 *
 * @param at the steps, in ascending order
 * @param factor the factor at each of them, by default 0.1
 */
public fun steps(
    vararg at: Int,
    factor: Double = StepDecay.stepDecay(at.toList()).factor,
): StepDecay = StepDecay(at.toList(), factor)
