package dev.sparring.dsl

import dev.sparring.data.InMemory
import dev.sparring.tensor.Shape

/** The shape of one sample: `shape(3, 32, 32)` is 3 channels, height 32, width 32. */
public fun shape(vararg extents: Int): Shape = Shape.of(*extents)

/**
 * Images that the program has in one array.
 *
 * @param values one image after the other in row-major order, in -1..1
 * @param shape of one image: channels, height, width
 * @param labels the class of each image, from 0; null, the default, is none
 * @throws IllegalArgumentException if a value is outside of -1..1, or if sizes do not fit together
 */
public fun images(values: FloatArray, shape: Shape, labels: IntArray? = null): InMemory =
    InMemory.images(values, shape).labelled(labels)

/**
 * Images that the program has in an array each, read once and in order.
 *
 * @param images their values in row-major order, in -1..1
 * @param shape of one image: channels, height, width
 * @param labels the class of each image, from 0; null, the default, is none
 * @throws IllegalArgumentException if a value is outside of -1..1, or if sizes do not fit together
 */
public fun images(images: Iterable<FloatArray>, shape: Shape, labels: IntArray? = null): InMemory =
    InMemory.images(images, shape).labelled(labels)

/**
 * Images that the program makes one by one, read once and in order.
 *
 * @param images their values in row-major order, in -1..1
 * @param shape of one image: channels, height, width
 * @param labels the class of each image, from 0; null, the default, is none
 * @throws IllegalArgumentException if a value is outside of -1..1, or if sizes do not fit together
 */
public fun images(images: Sequence<FloatArray>, shape: Shape, labels: IntArray? = null): InMemory =
    images(images.asIterable(), shape, labels)

/**
 * Points that the program has in one array.
 *
 * @param values one point after the other
 * @param dimensions how many numbers a point has
 * @param labels the class of each point, from 0; null, the default, is none
 * @throws IllegalArgumentException if a value is not finite, or if sizes do not fit together
 */
public fun points(values: FloatArray, dimensions: Int, labels: IntArray? = null): InMemory =
    InMemory.points(values, dimensions).labelled(labels)

/**
 * Points that the program has in an array each, read once and in order.
 *
 * @param points the numbers of each, as many for all
 * @param labels the class of each point, from 0; null, the default, is none
 * @throws IllegalArgumentException if a value is not finite, or if sizes do not fit together
 */
public fun points(points: Iterable<DoubleArray>, labels: IntArray? = null): InMemory =
    InMemory.points(points).labelled(labels)

/**
 * Points that the program makes one by one, read once and in order.
 *
 * @param points the numbers of each, as many for all
 * @param labels the class of each point, from 0; null, the default, is none
 * @throws IllegalArgumentException if a value is not finite, or if sizes do not fit together
 */
public fun points(points: Sequence<DoubleArray>, labels: IntArray? = null): InMemory =
    points(points.asIterable(), labels)

private fun InMemory.labelled(labels: IntArray?): InMemory =
    if (labels == null) this else labels(*labels)
