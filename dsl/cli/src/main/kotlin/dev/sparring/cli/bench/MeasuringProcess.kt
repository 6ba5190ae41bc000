package dev.sparring.cli.bench

import dev.sparring.cli.ChildJvm
import dev.sparring.cli.Words
import dev.sparring.process.NativeProcess
import dev.sparring.tensor.Device
import java.io.IOException
import kotlinx.serialization.json.Json

/** A [ChildJvm] that runs [MeasureCommand]; it reads the recipe from its standard input. */
internal class MeasuringProcess(
    private val engine: String,
    private val device: Device,
    private val seconds: Int,
    private val portable: Boolean,
    private val words: Words,
) {
    /** Waits for the answer; everything else that the process says goes to [log]. */
    fun run(workload: Workload, log: (String) -> Unit): Reply {
        val process = builder(workload).redirectErrorStream(true).start()
        try {
            var reply: Reply? = null
            val recipe = process.outputWriter(Charsets.UTF_8)
            try {
                recipe.write(words.format.toYaml(workload.recipe, full = true).trimEnd())
                recipe.write("\n$END\n")
                recipe.flush()
            } catch (_: IOException) {
                // It has ended already; its output and exit code say why.
            }
            process.inputReader(Charsets.UTF_8).forEachLine { line ->
                // Native libraries do not always end their lines.
                val before = line.substringBefore(MARK)
                if (MARK in line) reply = Json.decodeFromString<Reply>(line.substringAfter(MARK))
                if (before.isNotBlank()) log(before)
            }
            val code = process.waitFor()
            return when {
                code in ChildJvm.INTERRUPTED -> Reply.Interrupted
                else ->
                    reply
                        ?: Reply.Failed("its process ended with exit code $code, without an answer")
            }
        } finally {
            process.destroyForcibly()
        }
    }

    private fun builder(workload: Workload): ProcessBuilder {
        val isPortable = portable || workload.recipe.train.portable
        return ChildJvm.builder(
            NativeProcess.threads().takeUnless { isPortable },
            listOf(MeasureCommand.NAME, "--engine", engine, "--device", "$device") +
                listOf("--seconds", "$seconds") +
                (if (portable) listOf("--portable") else emptyList()) +
                words.options,
        )
    }

    companion object {
        /** YAML's end of a document. */
        const val END = "..."

        /** The prefix of an answer. */
        const val MARK = "sparring-measured "
    }
}
