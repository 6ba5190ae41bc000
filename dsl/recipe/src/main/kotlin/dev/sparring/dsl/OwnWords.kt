package dev.sparring.dsl

import dev.sparring.init.Initializer
import dev.sparring.init.WeightSpec
import dev.sparring.random.RandomStream

/**
 * An initializer that a lambda is: `init = initializer { weight, random -> ... }`. It trains like
 * any other. It has no text: a script keeps it, and a recipe with it is refused where YAML or JSON
 * is asked for. For text, write a record with a `@Word`.
 *
 * @param draw the values in row-major order, from the weight's shape, fans and gain, and a stream
 *   of random numbers that is the parameter's own
 */
public fun initializer(draw: (WeightSpec, RandomStream) -> DoubleArray): Initializer =
    LambdaInitializer(draw)

private class LambdaInitializer(private val draw: (WeightSpec, RandomStream) -> DoubleArray) :
    Initializer {
    override fun draw(weight: WeightSpec, random: RandomStream): DoubleArray =
        draw.invoke(weight, random)

    override fun toString(): String = "initializer { ... }"
}
