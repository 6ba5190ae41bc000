package dev.sparring.kotlindl

import dev.sparring.data.DataException
import dev.sparring.data.DataSet
import dev.sparring.data.DataSets
import dev.sparring.data.Digits.digits
import dev.sparring.random.Seed
import dev.sparring.tensor.Shape
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.floats.plusOrMinus
import io.kotest.matchers.shouldBe
import java.util.OptionalInt
import org.jetbrains.kotlinx.dl.dataset.OnHeapDataset

class DataBridgeSpec :
    FunSpec({
        fun DataSet.sample(i: Int) = FloatArray(sampleShape().elements()).also { read(i, it, 0) }

        // Two channels of 1 x 3 pixels: the numbers tell sample, channel and column.
        val two =
            DataSets.of(
                Shape.of(2, 1, 3),
                floatArrayOf(.100f, .101f, .102f, .110f, .111f, .112f) +
                    floatArrayOf(.200f, .201f, .202f, .210f, .211f, .212f),
                intArrayOf(4, 0),
            )

        test("images become (H, W, C), pixel by pixel") {
            val theirs = two.toKotlinDl()
            theirs.x.map { it.toList() } shouldBe
                listOf(
                    listOf(.100f, .110f, .101f, .111f, .102f, .112f),
                    listOf(.200f, .210f, .201f, .211f, .202f, .212f),
                )
            theirs.y.toList() shouldBe listOf(4f, 0f)
        }

        test("images become (C, H, W), pixel by pixel") {
            val theirs =
                OnHeapDataset.create(
                    arrayOf(floatArrayOf(1f, 2f, 3f, 4f, 5f, 6f)),
                    floatArrayOf(9f),
                )
            val ours = theirs.toSparring(Shape.of(3, 2, 1))
            ours.sampleShape() shouldBe Shape.of(3, 2, 1)
            ours.sample(0).toList() shouldBe listOf(1f, 4f, 2f, 5f, 3f, 6f)
            ours.label(0) shouldBe OptionalInt.of(9)
        }

        test("there and back it is the same data set") {
            two.toKotlinDl().toSparring(Shape.of(2, 1, 3)).fingerprint() shouldBe two.fingerprint()
            val points = DataSets.of(Shape.of(2), floatArrayOf(1f, 2f, 3f, 40f), null)
            points.toKotlinDl().y.all { it.isNaN() } shouldBe true
            points.toKotlinDl().toSparring(Shape.of(2)).fingerprint() shouldBe points.fingerprint()
        }

        test("a real data set with labels, in another range, split by KotlinDL") {
            val ours = digits().open(Seed(0)) {}
            val theirs = ours.toKotlinDl(0f..1f)
            theirs.xSize() shouldBe ours.size()
            theirs.x.minOf { it.min() } shouldBe 0f
            theirs.x.maxOf { it.max() } shouldBe 1f
            val (_, rest) = theirs.split(0.75)
            val back = rest.toSparring(ours.sampleShape(), 0f..1f)
            val first = ours.size() - rest.xSize()
            for (i in 0 until 20) {
                back.label(i) shouldBe ours.label(first + i)
                difference(back.sample(i), ours.sample(first + i)) shouldBe (0f plusOrMinus 1e-6f)
            }
        }

        test("what is copied does not change with its source") {
            val theirs = two.toKotlinDl()
            val back = theirs.toSparring(Shape.of(2, 1, 3))
            theirs.shuffle().x.forEach { it.fill(0f) }
            back.fingerprint() shouldBe two.fingerprint()
        }

        fun refused(x: Array<FloatArray>, y: FloatArray, message: String) {
            shouldThrow<DataException> { OnHeapDataset.create(x, y).toSparring(Shape.of(1, 2, 1)) }
                .message shouldBe message
        }

        test("refuses what does not fit in one line") {
            val pair = FloatArray(2)
            refused(
                emptyArray(),
                floatArrayOf(),
                "the data set of KotlinDL is empty; expected samples of shape (1, 2, 1)",
            )
            refused(
                arrayOf(pair, FloatArray(3)),
                floatArrayOf(0f, 1f),
                "sample 1 has 3 numbers; (1, 2, 1) holds 2",
            )
            for (label in listOf(0.5f, -1f, Float.NaN, Float.POSITIVE_INFINITY)) {
                refused(
                    arrayOf(pair, pair),
                    floatArrayOf(0f, label),
                    "sample 1 has the label $label; expected a class 0, 1, ..., or NaN everywhere",
                )
            }
            shouldThrow<IllegalArgumentException> { two.toKotlinDl(1f..1f) }.message shouldBe
                "values must be a range from a smaller to a larger number, got 1.0..1.0"
        }
    })
