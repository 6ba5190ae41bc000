package dev.sparring.dsl

import dev.sparring.optim.Adam
import dev.sparring.optim.AdamW
import dev.sparring.optim.RmsProp
import dev.sparring.optim.Schedule
import dev.sparring.optim.Sgd

/** Adam as DCGAN set it: rate 2e-4, beta1 0.5, beta2 0.999. */
public val adam: Adam
    get() = Adam.adam()

/**
 * Adam.
 *
 * @param lr learning rate, by default 2e-4
 * @param beta1 decay of the mean of gradients, by default 0.5
 * @param beta2 decay of the mean of squared gradients, by default 0.999
 * @param eps added to the root of the second moment; null, the default, is the convention's, 1e-8
 *   in this library's own
 * @param epsHat whether eps is added to the root of the second moment itself, not of the corrected
 *   one; null, the default, is the convention's: not in this library's own and PyTorch's, but in
 *   Keras's and TensorFlow 1's
 * @param weightDecay multiplied by the parameter and added to the gradient; by default 0
 * @param schedule how the rate changes over the run; by default it does not
 * @param clipNorm largest norm of all gradients together; null, the default, is no limit
 */
public fun adam(
    lr: Double = adam.lr,
    beta1: Double = adam.beta1,
    beta2: Double = adam.beta2,
    eps: Double? = adam.eps,
    epsHat: Boolean? = adam.epsHat,
    weightDecay: Double = adam.weightDecay,
    schedule: Schedule = adam.schedule,
    clipNorm: Double? = adam.clipNorm,
): Adam = Adam(lr, beta1, beta2, eps, epsHat, weightDecay, schedule, clipNorm)

/** Adam with decoupled weight decay: rate 2e-4, beta1 0.5, beta2 0.999, decay 0.01. */
public val adamW: AdamW
    get() = AdamW.adamW()

/**
 * Adam with decoupled weight decay.
 *
 * @param lr learning rate, by default 2e-4
 * @param beta1 decay of the mean of gradients, by default 0.5
 * @param beta2 decay of the mean of squared gradients, by default 0.999
 * @param eps added to the root of the second moment; null, the default, is the convention's, 1e-8
 *   in this library's own
 * @param epsHat whether eps is added to the root of the second moment itself, not of the corrected
 *   one; null, the default, is the convention's: not in this library's own and PyTorch's, but in
 *   Keras's and TensorFlow 1's
 * @param weightDecay multiplied by the rate and the parameter, and subtracted from the parameter;
 *   by default 0.01
 * @param schedule how the rate changes over the run; by default it does not
 * @param clipNorm largest norm of all gradients together; null, the default, is no limit
 */
public fun adamW(
    lr: Double = adamW.lr,
    beta1: Double = adamW.beta1,
    beta2: Double = adamW.beta2,
    eps: Double? = adamW.eps,
    epsHat: Boolean? = adamW.epsHat,
    weightDecay: Double = adamW.weightDecay,
    schedule: Schedule = adamW.schedule,
    clipNorm: Double? = adamW.clipNorm,
): AdamW = AdamW(lr, beta1, beta2, eps, epsHat, weightDecay, schedule, clipNorm)

/** RMSprop as WGAN set it: rate 5e-5. */
public val rmsProp: RmsProp
    get() = RmsProp.rmsProp()

/**
 * RMSprop.
 *
 * @param lr learning rate, by default 5e-5
 * @param decay decay of the mean of squared gradients; null, the default, is the convention's, 0.99
 *   in this library's own
 * @param eps keeps the divisor from zero; null, the default, is the convention's, 1e-8 in this
 *   library's own
 * @param epsInRoot whether eps is added to the mean square, not to its root; null, the default, is
 *   the convention's: not in this library's own and PyTorch's, but in Keras's and TensorFlow 1's
 * @param startAtOne whether the mean square begins at 1, not at 0; null, the default, is the
 *   convention's: in TensorFlow 1's only
 * @param schedule how the rate changes over the run; by default it does not
 * @param clipNorm largest norm of all gradients together; null, the default, is no limit
 */
public fun rmsProp(
    lr: Double = rmsProp.lr,
    decay: Double? = rmsProp.decay,
    eps: Double? = rmsProp.eps,
    epsInRoot: Boolean? = rmsProp.epsInRoot,
    startAtOne: Boolean? = rmsProp.startAtOne,
    schedule: Schedule = rmsProp.schedule,
    clipNorm: Double? = rmsProp.clipNorm,
): RmsProp = RmsProp(lr, decay, eps, epsInRoot, startAtOne, schedule, clipNorm)

/**
 * Stochastic gradient descent.
 *
 * @param lr learning rate
 * @param momentum by default 0: none
 * @param schedule how the rate changes over the run; by default it does not
 * @param clipNorm largest norm of all gradients together; null, the default, is no limit
 */
public fun sgd(
    lr: Double,
    momentum: Double = Sgd.sgd(lr).momentum,
    schedule: Schedule = Sgd.sgd(lr).schedule,
    clipNorm: Double? = Sgd.sgd(lr).clipNorm,
): Sgd = Sgd(lr, momentum, schedule, clipNorm)
