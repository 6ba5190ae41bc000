package dev.sparring.kotlindl

import org.jetbrains.kotlinx.dl.api.core.layer.Layer

/**
 * A layer of KotlinDL in its place.
 *
 * @property layer without numbers as long as it belongs to no model
 * @property values what its variables will hold, in the order in which it lists them and in
 *   KotlinDL's layout; is given the numbers of the network by path, in Sparring's
 */
internal class Stage(
    val layer: Layer,
    val values: (Map<String, FloatArray>) -> List<FloatArray> = { emptyList() },
)
