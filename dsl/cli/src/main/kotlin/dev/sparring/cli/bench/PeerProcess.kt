package dev.sparring.cli.bench

import dev.sparring.cli.BadInput
import dev.sparring.cli.ChildJvm
import dev.sparring.process.NativeProcess
import java.io.IOException
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json

/**
 * A program of another library that trains the same recipes. It is called with a recipe's name and
 * the seconds to measure, gets the number of threads as OMP_NUM_THREADS, and prints one line of
 * JSON with `seconds` of each iteration, and with `version` and `peakBytes` if it knows them.
 */
internal class PeerProcess(text: String) {
    private val command = text.split(' ').filter { it.isNotEmpty() }

    init {
        if (command.isEmpty()) throw BadInput("--against needs a command, got nothing")
    }

    @Serializable
    private class Line(
        val seconds: List<Double>,
        val version: String = "",
        val peakBytes: Long? = null,
    )

    /** Waits for its answer. */
    fun run(workload: Workload, seconds: Int, log: (String) -> Unit): Reply {
        val builder = ProcessBuilder(command + workload.name + "$seconds")
        builder.environment()["OMP_NUM_THREADS"] = "${NativeProcess.threads()}"
        val process =
            try {
                builder.redirectErrorStream(true).start()
            } catch (e: IOException) {
                return Reply.Failed("${command.first()} does not start: ${e.message}")
            }
        try {
            process.outputStream.close()
            var answer: String? = null
            process.inputReader(Charsets.UTF_8).forEachLine { line ->
                if (line.startsWith("{")) {
                    answer?.let(log) // Only the last one is it.
                    answer = line
                } else if (line.isNotBlank()) log(line)
            }
            val code = process.waitFor()
            if (code in ChildJvm.INTERRUPTED) return Reply.Interrupted
            return when {
                code != 0 -> Reply.Failed("it ended with exit code $code")
                answer == null -> Reply.Failed("it printed no line of JSON")
                else -> measured(answer)
            }
        } finally {
            process.destroyForcibly()
        }
    }

    private fun measured(answer: String): Reply =
        try {
            val line = JSON.decodeFromString<Line>(answer)
            if (line.seconds.isEmpty()) Reply.Failed("it measured no iteration")
            else Reply.Measured(line.version, line.seconds, line.peakBytes)
        } catch (_: SerializationException) {
            Reply.Failed(
                "it has to print JSON with seconds, a list of numbers, version and peakBytes; it " +
                    "printed ${answer.take(SHOWN)}"
            )
        }

    private companion object {
        const val SHOWN = 80
        val JSON = Json { ignoreUnknownKeys = true }
    }
}
