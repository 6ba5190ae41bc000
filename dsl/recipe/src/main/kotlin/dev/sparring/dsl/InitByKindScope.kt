package dev.sparring.dsl

import dev.sparring.init.Initializer
import dev.sparring.recipe.InitByKind

/**
 * Initializers for single kinds of layers, inside `initByKind { }`; null stands for the network's
 * `init`.
 */
@GanDsl
public class InitByKindScope internal constructor(start: InitByKind) {
    /** For dense layers. */
    public var dense: Initializer? = start.dense

    /** For convolutions. */
    public var conv: Initializer? = start.conv

    /** For transposed convolutions. */
    public var convTranspose: Initializer? = start.convTranspose

    /** For the scale of batch normalization; null stands for ones. */
    public var batchNorm: Initializer? = start.batchNorm

    internal fun build() = InitByKind(dense, conv, convTranspose, batchNorm)
}
