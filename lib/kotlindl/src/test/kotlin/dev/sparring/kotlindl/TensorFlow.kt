package dev.sparring.kotlindl

import java.nio.file.Path
import org.tensorflow.DataType
import org.tensorflow.Graph
import org.tensorflow.Operation
import org.tensorflow.OperationBuilder
import org.tensorflow.Output
import org.tensorflow.Session
import org.tensorflow.Tensor

/** TensorFlow's native code for files of records, protocol buffers and pictures. */
internal class TensorFlow : AutoCloseable {
    private val graph = Graph()
    private val session = Session(graph)
    private var operations = 0

    private fun op(type: String, set: OperationBuilder.() -> Unit): Operation =
        graph.opBuilder(type, "op${operations++}").apply(set).build()

    private fun constant(value: Any): Output<Any> =
        Tensor.create(value).use { tensor ->
            op("Const") {
                    setAttr("dtype", tensor.dataType())
                    setAttr("value", tensor)
                }
                .output(0)
        }

    private fun run(operation: Operation) {
        session.runner().addTarget(operation).run()
    }

    /** Fetches one output and reads it. */
    private fun <T> fetch(output: Output<Any>, read: (Tensor<*>) -> T): T =
        session.runner().fetch(output).run().single().use(read)

    /** The records of a file, and its reader's message about the bytes after them. */
    fun records(file: Path): Pair<List<ByteArray>, String> {
        val reader = op("TFRecordReaderV2") {}.output<Any>(0)
        val files =
            op("FIFOQueueV2") { setAttr("component_types", arrayOf(DataType.STRING)) }
                .output<Any>(0)
        run(
            op("QueueEnqueueV2") {
                addInput(files)
                addInputList(arrayOf(constant("$file".toByteArray())))
            }
        )
        run(op("QueueCloseV2") { addInput(files) })
        val read =
            op("ReaderReadV2") {
                addInput(reader)
                addInput(files)
            }
        val records = mutableListOf<ByteArray>()
        while (true) {
            try {
                records += fetch(read.output(1)) { it.bytesValue() }
            } catch (end: RuntimeException) {
                return records to end.message.orEmpty()
            }
        }
    }

    /** The values of a field of a message. */
    fun <T> field(
        message: ByteArray,
        type: String,
        name: String,
        data: DataType,
        read: (Tensor<*>) -> T,
    ): T {
        val decoded =
            op("DecodeProtoV2") {
                addInput(constant(message))
                setAttr("message_type", type)
                setAttr("field_names", arrayOf(name))
                setAttr("output_types", arrayOf(data))
                // The descriptors that TensorFlow was built with.
                setAttr("descriptor_source", "local://")
            }
        return fetch(decoded.output(1), read)
    }

    /** The bytes of a PNG file's pixels, row by row: its height, its width, its channels. */
    fun png(file: ByteArray): List<List<List<Int>>> {
        val decoded =
            op("DecodePng") {
                addInput(constant(file))
                setAttr("channels", 0L)
            }
        return fetch(decoded.output(0)) { tensor ->
            val (height, width, channels) = tensor.shape().map { it.toInt() }
            val pixels = Array(height) { Array(width) { ByteArray(channels) } }
            tensor.copyTo(pixels)
            pixels.map { row -> row.map { pixel -> pixel.map { it.toInt() and 0xFF } } }
        }
    }

    override fun close() {
        session.close()
        graph.close()
    }
}
