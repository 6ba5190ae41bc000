package dev.sparring.kotlindl

import dev.sparring.tensor.Shape

/*
 * Sparring keeps channels first, (C, H, W), and KotlinDL last, (H, W, C). The same holds for every
 * rank here: the first dimension of a sample goes to the end. Features (F) are the same in both.
 */

/** The shape that KotlinDL has for a sample of this shape. */
internal fun Shape.channelsLast(): Shape = Shape(dims().drop(1) + dims().first())

/** For each dimension of KotlinDL's sample, the index of ours. */
internal fun toChannelsLast(rank: Int): List<Int> = (1 until rank).toList() + 0

/** For each dimension of our sample, the index of KotlinDL's. */
internal fun toChannelsFirst(rank: Int): List<Int> = listOf(rank - 1) + (0 until rank - 1)

/**
 * Puts the dimensions of an array into another order.
 *
 * @param this the numbers in row-major order
 * @param shape their extents
 * @param order for each dimension of the result the one of `this`, from 0
 */
internal fun FloatArray.permuted(shape: Shape, order: List<Int>): FloatArray {
    val result = FloatArray(size)
    permute(this, 0, shape, order, result, 0)
    return result
}

/** The same for one array among others: from [start] on, and to [target] from [offset] on. */
internal fun permute(
    source: FloatArray,
    start: Int,
    shape: Shape,
    order: List<Int>,
    target: FloatArray,
    offset: Int,
) {
    val strides = IntArray(shape.rank())
    var step = 1
    for (axis in shape.rank() - 1 downTo 0) {
        strides[axis] = step
        step *= shape.dim(axis)
    }
    val extents = IntArray(order.size) { shape.dim(order[it]) }
    val steps = IntArray(order.size) { strides[order[it]] }
    val index = IntArray(order.size)
    var from = start
    for (to in offset until offset + step) {
        target[to] = source[from]
        var axis = order.size - 1
        while (axis >= 0) {
            from += steps[axis]
            if (++index[axis] < extents[axis]) {
                break
            }
            from -= steps[axis] * extents[axis]
            index[axis--] = 0
        }
    }
}
