package dev.sparring.kotlindl

import kotlin.math.max

/*
 * Where windows lie. Sparring names zeros and cuts by their number; TensorFlow knows VALID, none,
 * and SAME, as many as make sizes divide or multiply, the odd one at the bottom and right
 * (TensorFlow 1.15, core/framework/common_shape_fns.cc, GetWindowedOutputSizeVerboseV2).
 */

/**
 * Whether a convolution with `padding` zeros on each side is TensorFlow's SAME along one dimension.
 *
 * @param side the extent of the input
 * @param output the extent of the output
 */
internal fun isSame(side: Int, output: Int, kernel: Int, stride: Int, padding: Int): Boolean {
    val same = (side + stride - 1) / stride
    val total = max((same - 1) * stride + kernel - side, 0)
    return output == same && padding == total / 2
}

/** Whether a transposed convolution that cuts `padding` off in front is TensorFlow's SAME. */
internal fun isSameTransposed(
    side: Int,
    output: Int,
    kernel: Int,
    stride: Int,
    padding: Int,
): Boolean = output == side * stride && padding == max(kernel - stride, 0) / 2

/**
 * A transposed convolution as one without padding and a cut.
 *
 * @property kernel the side of the kernel; beyond the given one it is filled up with zeros
 * @property front what to cut at the top and left
 * @property back what to cut at the bottom and right
 */
internal class Uncut private constructor(val kernel: Int, val front: Int, val back: Int) {
    companion object {
        fun of(kernel: Int, stride: Int, padding: Int, outputPadding: Int): Uncut {
            // Behind the last input's corner: what has to be there, and what VALID makes.
            val needed = kernel + outputPadding - padding
            val enough = if (max(kernel, stride) >= needed) kernel else needed
            return Uncut(enough, padding, max(enough, stride) - needed)
        }
    }
}
