package dev.sparring.dsl

import dev.sparring.optim.Optimizer
import dev.sparring.recipe.Optimizers

/** An optimizer for each network, inside `optimizer { }`. */
@GanDsl
public class OptimizerScope internal constructor(start: Optimizers) {
    /** The generator's, e.g. `adam(lr = 1e-4)`. */
    public var generator: Optimizer = start.generator

    /** The discriminator's, e.g. `adam(lr = 4e-4)`. */
    public var discriminator: Optimizer = start.discriminator

    internal fun build() = Optimizers(generator, discriminator)
}
