package dev.sparring.cli

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes

/** First weights from files as PyTorch's users have them. */
class InitSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)

        /** Type, extents and bytes of each tensor. */
        fun file(name: String, vararg tensors: Tensor): Path =
            bench.path(name).apply { writeBytes(safetensors(*tensors)) }

        fun train(name: String, init: Path, vararg more: Any) =
            bench.sparring(
                *arrayOf("train", recipe, "--out", bench.path(name), "--steps", 1, "--init", init),
                *more,
            )

        "half precision and bfloat16 become the same first weights as single precision" {
            val values = List(256) { (it - 128) / 64f }
            val starts =
                listOf(
                        file(
                            "f32.safetensors",
                            Tensor("generator.0.weight", "F32", listOf(64, 4), values),
                        ),
                        file(
                            "f16.safetensors",
                            Tensor("generator.0.weight", "F16", listOf(64, 4), values),
                        ),
                        file(
                            "bf16.safetensors",
                            Tensor("generator.0.weight", "BF16", listOf(64, 4), values),
                        ),
                    )
                    .map { init ->
                        val name = "run-${init.fileName}"
                        val done = train(name, init)
                        done.code shouldBe 0
                        done.err shouldContain
                            "--init: $init: 1 of its 1 tensors are first weights, by name; " +
                                "11 others are drawn: "
                        bench
                            .path("$name/checkpoints/000000/generator.safetensors")
                            .readBytes()
                            .toList()
                    }
            starts.distinct().size shouldBe 1
        }

        "a generator of PyTorch with batch norm is mapped, and its counters are left out" {
            val init =
                file(
                    "netG.safetensors",
                    Tensor("main.0.weight", "F32", listOf(64, 4), List(256) { 0.25f }),
                    Tensor("main.0.bias", "F32", listOf(64), List(64) { 0f }),
                    Tensor("main.1.weight", "F32", listOf(4), listOf(1f, 2f, 3f, 4f)),
                    Tensor("main.1.bias", "F32", listOf(4), listOf(0f, 0f, 0f, 0f)),
                    Tensor("main.1.running_mean", "F32", listOf(4), listOf(5f, 6f, 7f, 8f)),
                    Tensor("main.1.running_var", "F32", listOf(4), listOf(1f, 1f, 1f, 1f)),
                    Tensor("main.1.num_batches_tracked", "I64", listOf(), listOf(3f)),
                    Tensor("main.3.weight", "F32", listOf(4, 1, 4, 4), List(64) { 0.5f }),
                    Tensor("main.3.bias", "F32", listOf(1), listOf(0f)),
                )
            val done = train("mapped", init)
            done.err shouldContain
                "--init: $init: 8 of its 9 tensors are first weights, by the order and shapes of " +
                    "generator (main.0.weight as generator.0.weight, "
            done.err shouldContain
                "; left out, counters of batches: main.1.num_batches_tracked; 4 others are drawn: " +
                    "discriminator.0.weight, "
            done.code shouldBe 0
        }

        "an average of the generator begins with its first weights" {
            val init =
                file(
                    "ema.safetensors",
                    Tensor("generator.0.weight", "F32", listOf(64, 4), List(256) { 0.25f }),
                )
            train("averaged", init, "--set", "ema={decay: 0.9}").code shouldBe 0
            val start = bench.path("averaged/checkpoints/000000")
            bytes(start.resolve("training.safetensors"), "ema.generator.0.weight") shouldBe
                bytes(start.resolve("generator.safetensors"), "generator.0.weight")
        }

        "what cannot be used is one line before the run" {
            val good = List(256) { 0.25f }
            val nan = good.toMutableList().apply { set(7, Float.NaN) }
            val weight = "generator.0.weight"
            val variance = "generator.2.running_var"
            for ((init, message) in
                listOf(
                    file("nan.safetensors", Tensor(weight, "F32", listOf(64, 4), nan)) to
                        "'$weight' has NaN at [1, 3]; first weights must be finite",
                    file(
                        "inf16.safetensors",
                        Tensor(weight, "F16", listOf(64, 4), good.map { it * 1e9f }),
                    ) to "'$weight' has Infinity at [0, 0]; first weights must be finite",
                    file(
                        "var.safetensors",
                        Tensor(variance, "F32", listOf(4), listOf(1f, -1f, 1f, 1f)),
                    ) to "'$variance' has -1.0 at [1]; a variance must be >= 0",
                    file("int.safetensors", Tensor(weight, "I64", listOf(64, 4), good)) to
                        "'$weight' is of type I64; weights are read from F64, F32, F16 and BF16",
                    file("shape.safetensors", Tensor(weight, "F32", listOf(4, 64), good)) to
                        "'$weight' is (4, 64), but the recipe needs (64, 4)",
                )) {
                val refused = train("refused", init)
                refused shouldBe Outcome(2, "", "$init: $message\n")
                bench.path("refused").exists() shouldBe false
            }
        }

        "tensors that are not the recipe's are refused with both sides" {
            val init =
                file(
                    "other.safetensors",
                    Tensor("encoder.weight", "F32", listOf(2, 2), List(4) { 1f }),
                )
            val refused = train("refused", init)
            refused.code shouldBe 2
            refused.err shouldStartWith
                "$init: does not fit the recipe's networks: it has encoder.weight (2, 2); the recipe " +
                    "has 8 of generator: generator.0.bias (64), generator.0.weight (64, 4), "
        }
    })

private class Tensor(
    val name: String,
    val type: String,
    val dims: List<Int>,
    val values: List<Float>,
)

private fun safetensors(vararg tensors: Tensor): ByteArray {
    val parts =
        tensors.map { t ->
            t.values.map { bytes(t.type, it) }.fold(byteArrayOf()) { a, b -> a + b }
        }
    val ends = parts.runningFold(0) { end, part -> end + part.size }
    val members =
        tensors.mapIndexed { i, t ->
            "\"${t.name}\":{\"dtype\":\"${t.type}\",\"shape\":${t.dims}," +
                "\"data_offsets\":[${ends[i]},${ends[i + 1]}]}"
        }
    val header = members.joinToString(",", "{", "}").toByteArray()
    return littleEndian(8).putLong(header.size.toLong()).array() +
        header +
        parts.fold(byteArrayOf()) { a, b -> a + b }
}

private fun littleEndian(size: Int) = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN)

private fun bytes(type: String, value: Float): ByteArray =
    when (type) {
        "F32" -> littleEndian(4).putFloat(value).array()
        "BF16" -> littleEndian(2).putShort((value.toBits() ushr 16).toShort()).array()
        "F16" -> littleEndian(2).putShort(half(value)).array()
        else -> littleEndian(8).putLong(value.toLong()).array()
    }

/** Only for numbers with few digits, as tests have them; larger ones are infinite. */
private fun half(value: Float): Short {
    val bits = value.toBits()
    val sign = bits ushr 16 and 0x8000
    val exponent = (bits ushr 23 and 0xff) - 127
    val half =
        if (value == 0f) 0
        else if (exponent > 15) 0x7c00 else (exponent + 15 shl 10) or (bits ushr 13 and 0x3ff)
    return (sign or half).toShort()
}

/** The bytes of a tensor in a file. */
internal fun bytes(file: Path, name: String): List<Byte> {
    val all = file.readBytes()
    val length = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong().toInt()
    val header = String(all, 8, length)
    val offsets = Regex(".*\"${Regex.escape(name)}\":\\{[^}]*\"data_offsets\":\\[(\\d+),(\\d+)].*")
    val (begin, end) = checkNotNull(offsets.find(header)).destructured
    return all.slice(8 + length + begin.toInt() until 8 + length + end.toInt())
}
