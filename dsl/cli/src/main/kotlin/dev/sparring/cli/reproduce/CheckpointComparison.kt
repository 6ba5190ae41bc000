package dev.sparring.cli.reproduce

import dev.sparring.run.RunDirectory
import dev.sparring.safetensors.Safetensors
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.name

/** Compares the tensors of two runs' checkpoints bit by bit. */
internal class CheckpointComparison(
    private val first: RunDirectory,
    private val again: RunDirectory,
) {
    private var tensors = 0

    /** @param last checkpoints after this step are left out */
    fun compare(last: Long): Compared {
        val steps = first.checkpointSteps().filter { it <= last }
        val difference = steps.firstNotNullOfOrNull(::difference)
        return Compared(
            listOfNotNull(difference),
            listOf("${steps.size} checkpoints of ${tensors} tensors together"),
        )
    }

    private fun difference(step: Long): Difference? {
        val own = first.checkpoint(step)
        val other = again.checkpoint(step)
        val place = "checkpoints/${own.path().name}"
        fun found(text: String) = Difference(step, Difference.Kind.TENSOR, "$place$text")
        if (!Files.isDirectory(other.path())) return found(": is in the run only")
        val (before, now) = own.progress() to other.progress()
        if (before.step != now.step || before.sortedUpdates() != now.sortedUpdates()) {
            return found(
                "/state.json: step ${before.step}, updates ${before.sortedUpdates()}, " +
                    "now step ${now.step}, updates ${now.sortedUpdates()}"
            )
        }
        val files = files(own.path())
        if (files != files(other.path())) {
            return found(": has the files $files, now ${files(other.path())}")
        }
        return files.firstNotNullOfOrNull { file ->
            difference(own.path().resolve(file), other.path().resolve(file))?.let {
                found("/$file, $it")
            }
        }
    }

    private fun files(checkpoint: Path): List<String> =
        Files.list(checkpoint).use { all ->
            all.filter { it.extension == "safetensors" }.map { it.name }.sorted().toList()
        }

    private fun difference(own: Path, other: Path): String? {
        val (before, now) = Safetensors.open(own) to Safetensors.open(other)
        val names = before.names() + now.names()
        return names.firstNotNullOfOrNull { name ->
            tensors++
            when (name) {
                !in now.names() -> "'$name': is in the run only"
                !in before.names() -> "'$name': is in the repetition only"
                else ->
                    if (before.shape(name) != now.shape(name)) {
                        "'$name': has the shape ${before.shape(name)}, now ${now.shape(name)}"
                    } else difference(name, before.doubles(name), now.doubles(name))
            }
        }
    }

    private fun difference(name: String, before: DoubleArray, now: DoubleArray): String? {
        val at = before.indices.filter { before[it].toRawBits() != now[it].toRawBits() }
        val first = at.firstOrNull() ?: return null
        val (a, b) = number(before[first]) to number(now[first])
        return "'$name', ${at.size} of ${before.size} numbers; the first, number $first from 0, " +
            "is $a, now $b"
    }

    /** In the digits of the precision that it was kept in. */
    private fun number(value: Double): String =
        if (value.toFloat().toDouble() == value) "${value.toFloat()}" else "$value"
}
