package dev.sparring.kotlindl

import dev.sparring.tensorboard.EventFile
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.awt.image.BufferedImage
import java.nio.file.Path
import java.time.Instant
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import org.tensorflow.DataType
import org.tensorflow.Tensor

/**
 * Event files read by TensorFlow 1.15 itself: by its native reader of records, which TensorBoard
 * reads with too and which checks the sums, and by the descriptors of events built into it.
 */
class EventFileSpec :
    FunSpec({
        val tf = autoClose(TensorFlow())
        val time = Instant.ofEpochSecond(1_700_000_000, 250_000_000)
        val picture =
            BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB).apply {
                setRGB(2, 0, 0x123456)
                setRGB(0, 1, 0xABCDEF)
            }
        val file =
            EventFile.create(tempdir().toPath(), 300).use {
                it.scalars(time, 300, mapOf("loss/d" to 0.1, "loss/g" to Double.NaN))
                it.image(time, 301, "samples", picture)
                it.path()
            }

        test("its reader takes every record, up to the end of the file") {
            val (records, end) = tf.records(file)
            records shouldHaveSize 4
            end shouldContain "is closed and has insufficient elements"
        }

        test("it finds in the events what was written") {
            val events = tf.records(file).first.map { Message(tf, "tensorflow.Event", it) }
            events.drop(2).map { it.doubles("wall_time").single() } shouldBe
                listOf(1_700_000_000.25, 1_700_000_000.25)
            events.map { it.longs("step").single() } shouldBe listOf(0L, 300L, 300L, 301L)
            events[0].strings("file_version") shouldBe listOf("brain.Event:2")
            // 1 is START.
            events[1].messages("session_log", "SessionLog").single().ints("status") shouldBe
                listOf(1)
            events[2].values().map { it.strings("tag").single() } shouldBe
                listOf("loss/d", "loss/g")
            events[2].values().map { "${it.floats("simple_value").single()}" } shouldBe
                listOf("0.1", "NaN")
            events[3].values().single().strings("tag") shouldBe listOf("samples")
        }

        test("it decodes the picture to its pixels") {
            val event = Message(tf, "tensorflow.Event", tf.records(file).first[3])
            val image = event.values().single().messages("image", "Summary.Image").single()
            image.ints("height") shouldBe listOf(2)
            image.ints("width") shouldBe listOf(3)
            image.ints("colorspace") shouldBe listOf(3)
            val black = listOf(0, 0, 0)
            tf.png(image.bytes("encoded_image_string").single()) shouldBe
                listOf(
                    listOf(black, black, listOf(0x12, 0x34, 0x56)),
                    listOf(listOf(0xAB, 0xCD, 0xEF), black, black),
                )
        }

        fun changed(change: (ByteArray) -> ByteArray): Path =
            tempdir().toPath().resolve("changed").apply { writeBytes(change(file.readBytes())) }

        test("of a file that is cut it reads the whole records") {
            for (cut in listOf(1, 5, 20)) {
                val (records, end) = tf.records(changed { it.copyOf(it.size - cut) })
                records shouldHaveSize 3
                end shouldContain "truncated record at"
            }
        }

        test("it would have noticed a wrong sum") {
            // A byte of the second record's length, of its length's sum, its data and its sum.
            for (place in listOf(1, 9, 13, 12 + 16 + 1)) {
                val (records, end) = tf.records(changed { it.apply { this[40 + place]++ } })
                records shouldHaveSize 1
                end shouldContain "corrupted record at "
            }
        }
    })

/** A message that TensorFlow knows, of which it decodes one field at a time. */
private class Message(
    private val tf: TensorFlow,
    private val type: String,
    private val bytes: ByteArray,
) {
    private fun <T> field(name: String, data: DataType, read: (Tensor<*>) -> T): T =
        tf.field(bytes, type, name, data, read)

    private fun length(tensor: Tensor<*>): Int = tensor.shape().single().toInt()

    fun longs(name: String): List<Long> =
        field(name, DataType.INT64) { t -> LongArray(length(t)).also(t::copyTo).toList() }

    fun ints(name: String): List<Int> =
        field(name, DataType.INT32) { t -> IntArray(length(t)).also(t::copyTo).toList() }

    fun doubles(name: String): List<Double> =
        field(name, DataType.DOUBLE) { t -> DoubleArray(length(t)).also(t::copyTo).toList() }

    fun floats(name: String): List<Float> =
        field(name, DataType.FLOAT) { t -> FloatArray(length(t)).also(t::copyTo).toList() }

    fun bytes(name: String): List<ByteArray> =
        field(name, DataType.STRING) { t -> Array(length(t)) { ByteArray(0) }.also(t::copyTo) }
            .toList()

    fun strings(name: String): List<String> = bytes(name).map(ByteArray::decodeToString)

    fun messages(name: String, type: String): List<Message> =
        bytes(name).map { Message(tf, "tensorflow.$type", it) }

    fun values(): List<Message> =
        messages("summary", "Summary").single().messages("value", "Summary.Value")
}
