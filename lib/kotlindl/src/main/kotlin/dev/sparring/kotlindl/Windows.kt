package dev.sparring.kotlindl

import kotlin.math.max

/*
 * Positions of windows. Sparring gives padding and cropping by number; TensorFlow has VALID, which
 * is none, and SAME, which is enough to divide or multiply sizes exactly, the odd zero at the
 * bottom and right
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

/** Whether a transposed convolution that crops `padding` at the front is TensorFlow's SAME. */
internal fun isSameTransposed(
    side: Int,
    output: Int,
    kernel: Int,
    stride: Int,
    padding: Int,
): Boolean = output == side * stride && padding == max(kernel - stride, 0) / 2

/**
 * A transposed convolution as one without padding, followed by a crop.
 *
 * @property kernel the side of the kernel, which is padded with zeros if this is larger than the
 *   given one
 * @property front how much to crop at the top and left
 * @property back how much to crop at the bottom and right
 */
internal class Uncut private constructor(val kernel: Int, val front: Int, val back: Int) {
    companion object {
        fun of(kernel: Int, stride: Int, padding: Int, outputPadding: Int): Uncut {
            // Rows after the corner of the last input: how many are needed, and how many VALID
            // makes.
            val needed = kernel + outputPadding - padding
            val enough = if (max(kernel, stride) >= needed) kernel else needed
            return Uncut(enough, padding, max(enough, stride) - needed)
        }
    }
}
