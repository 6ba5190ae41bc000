package dev.sparring.dsl

import dev.sparring.dsl.text.StandIn
import dev.sparring.init.Initializer
import dev.sparring.init.WeightSpec
import dev.sparring.random.RandomStream

/**
 * An initializer from a lambda: `init = initializer { weight, random -> ... }`. It trains like any
 * other, but it has no text: runs keep the script that defines it, and such a recipe cannot be
 * written as YAML or JSON. For text, write a record with a `@Word`.
 *
 * @param draw the values in row-major order, from the weight's shape, fans and gain, and the
 *   parameter's own stream of random numbers
 */
public fun initializer(draw: (WeightSpec, RandomStream) -> DoubleArray): Initializer =
    LambdaInitializer(draw)

private class LambdaInitializer(private val draw: (WeightSpec, RandomStream) -> DoubleArray) :
    Initializer {
    override fun draw(weight: WeightSpec, random: RandomStream): DoubleArray =
        draw.invoke(weight, random)

    override fun toString(): String = "initializer { ... }"
}

/**
 * An object without a text, in a few words: what its `toString` says, or else its class; the same
 * in every process.
 */
public fun describeObject(value: Any): String = StandIn.described(value)
