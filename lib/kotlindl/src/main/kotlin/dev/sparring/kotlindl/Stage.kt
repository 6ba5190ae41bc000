package dev.sparring.kotlindl

import org.jetbrains.kotlinx.dl.api.core.layer.Layer

/**
 * A layer of KotlinDL and the values of its variables.
 *
 * @property layer has no values until it belongs to a model
 * @property values the values of its variables, in its own order and in KotlinDL's layout, from the
 *   network's numbers by path in Sparring's layout
 */
internal class Stage(
    val layer: Layer,
    val values: (Map<String, FloatArray>) -> List<FloatArray> = { emptyList() },
)
