package dev.sparring.cli

import dev.sparring.dsl.RecipeText
import dev.sparring.process.NativeProcess
import dev.sparring.tensor.Device
import java.io.IOException
import java.lang.management.ManagementFactory
import java.nio.file.Path
import kotlinx.serialization.json.Json

/**
 * A JVM like this one, with the same options and class path, that runs [MeasureCommand]. It reads
 * the recipe from its standard input and ends when that closes, so it never outlives this JVM,
 * however this one ends.
 */
internal class MeasuringProcess(
    private val engine: String,
    private val device: Device,
    private val seconds: Int,
) {
    /** Waits for the answer; everything else that the process says goes to [log]. */
    fun run(workload: Workload, log: (String) -> Unit): Reply {
        val process = ProcessBuilder(command()).redirectErrorStream(true).start()
        try {
            var reply: Reply? = null
            val recipe = process.outputWriter(Charsets.UTF_8)
            try {
                recipe.write(RecipeText.toYaml(workload.recipe, full = true).trimEnd())
                recipe.write("\n$END\n")
                recipe.flush()
            } catch (_: IOException) {
                // It has ended already; what it said and its exit code tell why.
            }
            process.inputReader(Charsets.UTF_8).forEachLine { line ->
                // Native libraries do not always end their lines.
                val before = line.substringBefore(MARK)
                if (MARK in line) reply = Json.decodeFromString<Reply>(line.substringAfter(MARK))
                if (before.isNotBlank()) log(before)
            }
            val code = process.waitFor()
            return when {
                code in INTERRUPTED -> Reply.Interrupted
                else ->
                    reply
                        ?: Reply.Failed("its process ended with exit code $code, without an answer")
            }
        } finally {
            process.destroyForcibly()
        }
    }

    private fun command(): List<String> =
        likeThisOne(NativeProcess.threads()) +
            listOf(MeasureCommand.NAME, "--engine", engine, "--device", "$device") +
            listOf("--seconds", "$seconds")

    companion object {
        /** YAML's end of a document. */
        const val END = "..."

        /** What an answer begins with. */
        const val MARK = "sparring-measured "

        /** Exit codes of a JVM behind SIGINT and SIGTERM. */
        val INTERRUPTED: Set<Int> = setOf(130, 143)

        /** What starts our command line in a JVM with this one's options and class path. */
        fun likeThisOne(threads: Int): List<String> {
            val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
            return listOf(ProcessHandle.current().info().command().orElse(java)) +
                ManagementFactory.getRuntimeMXBean().inputArguments +
                listOf("-Dsparring.threads=$threads") +
                listOf("-cp", System.getProperty("java.class.path"), "dev.sparring.cli.MainKt")
        }
    }
}
