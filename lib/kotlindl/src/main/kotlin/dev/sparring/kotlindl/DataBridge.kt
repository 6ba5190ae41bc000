@file:JvmName("KotlinDlData")

package dev.sparring.kotlindl

import dev.sparring.data.DataException
import dev.sparring.data.DataSet
import dev.sparring.data.DataSets
import dev.sparring.tensor.Shape
import org.jetbrains.kotlinx.dl.dataset.Dataset
import org.jetbrains.kotlinx.dl.dataset.OnHeapDataset

/**
 * Copies the samples into a data set of KotlinDL's: images (C, H, W) become (H, W, C), labels
 * numbers, and NaN where there are none, as KotlinDL's `EmptyLabels` has it.
 *
 * ```
 * val (train, test) = digits().open(Seed(0)) {}.toKotlinDl(0f..1f).split(0.8)
 * ```
 *
 * @param values the range that [-1, 1] becomes, for instance `0f..1f`, which many models of
 *   KotlinDL's expect
 */
@JvmOverloads
public fun DataSet.toKotlinDl(values: ClosedFloatingPointRange<Float> = OURS): OnHeapDataset {
    check(values)
    val elements = sampleShape().elements()
    val order = toChannelsLast(sampleShape().rank())
    val row = FloatArray(elements)
    val features =
        Array(size()) {
            read(it, row, 0)
            row.permuted(sampleShape(), order).moved(OURS, values)
        }
    val labels = FloatArray(size()) { if (label(it).isPresent) label(it).asInt.toFloat() else NONE }
    return OnHeapDataset.create(features, labels)
}

/**
 * Copies the samples of one of KotlinDL's data sets: images (H, W, C) become (C, H, W), labels
 * become classes; if every label is NaN, there are none.
 *
 * ```
 * val faces = mnist().first.toSparring(Shape.of(1, 28, 28), 0f..1f)
 * val recipe = gan { data = Data.of(faces) ... }
 * ```
 *
 * @param shape the shape of one sample, (C, H, W) for images
 * @param values the range of the numbers, which becomes [-1, 1]; `0f..1f` for KotlinDL's own images
 * @throws DataException if there are no samples, one has another size, or a label is not a class
 */
@JvmOverloads
public fun Dataset.toSparring(
    shape: Shape,
    values: ClosedFloatingPointRange<Float> = OURS,
): DataSet {
    check(values)
    if (xSize() == 0) {
        throw DataException("the data set of KotlinDL is empty; expected samples of shape $shape")
    }
    val elements = shape.elements()
    val order = toChannelsFirst(shape.rank())
    val all = FloatArray(Math.multiplyExact(xSize(), elements))
    for (i in 0 until xSize()) {
        val row = getX(i)
        if (row.size != elements) {
            throw DataException("sample $i has ${row.size} numbers; $shape holds $elements")
        }
        permute(row.moved(values, OURS), 0, shape.channelsLast(), order, all, i * elements)
    }
    return DataSets.of(shape, all, labels())
}

private fun Dataset.labels(): IntArray? {
    val numbers = FloatArray(xSize()) { getY(it) }
    if (numbers.all { it.isNaN() }) {
        return null
    }
    return IntArray(numbers.size) {
        val number = numbers[it]
        val label = number.toInt()
        if (label < 0 || label.toFloat() != number) {
            throw DataException(
                "sample $it has the label $number; expected a class 0, 1, ..., or NaN everywhere"
            )
        }
        label
    }
}

private val OURS = -1f..1f

private const val NONE = Float.NaN

private fun check(values: ClosedFloatingPointRange<Float>) {
    val width = values.endInclusive - values.start
    require(width > 0 && width.isFinite()) {
        "values must be a range from a smaller to a larger number, got $values"
    }
}

/** Moves numbers from one range to another. */
private fun FloatArray.moved(
    from: ClosedFloatingPointRange<Float>,
    to: ClosedFloatingPointRange<Float>,
): FloatArray {
    if (from == to) {
        return this
    }
    val scale = (to.endInclusive - to.start) / (from.endInclusive - from.start)
    return FloatArray(size) { to.start + (this[it] - from.start) * scale }
}
