package dev.sparring.dsl

import dev.sparring.optim.ConstantRate
import dev.sparring.optim.CosineDecay
import dev.sparring.optim.LinearDecay
import dev.sparring.optim.Schedule
import dev.sparring.optim.StepDecay
import dev.sparring.recipe.ScheduledNumber

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

/**
 * A number of the recipe that changes while it trains, from what the recipe says to another value:
 * `train(schedules = listOf(scheduled("optimizer.generator.beta2", to = 0.99, shape = cosine)))`.
 *
 * @param setting the place of the number, as `--set` writes it
 * @param to the value at the end
 * @param shape how it changes, by default in a straight line
 * @param images within how many images; by default, without [steps] too, over the whole run
 * @param steps within how many steps instead
 */
public fun scheduled(
    setting: String,
    to: Double,
    shape: Schedule = linear,
    images: Long? = null,
    steps: Int? = null,
): ScheduledNumber = ScheduledNumber(setting, to, shape, images, steps)
