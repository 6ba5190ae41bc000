package dev.sparring.cli.bench

import dev.sparring.cli.Cli
import dev.sparring.process.NativeProcess
import dev.sparring.tensor.Device
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path

/** The machine that this process runs on. */
internal object Machine {
    private const val FROM_ENVIRONMENT = "env "

    /** A description in one line; a measured figure means little without it. */
    fun describe(device: Device, portable: Boolean): String {
        val model = field("/proc/cpuinfo", "model name")?.let { " ($it)" } ?: ""
        return listOf(
                "${Runtime.getRuntime().availableProcessors()} processors$model",
                if (portable) "portable, ${NativeProcess.PORTABLE_THREADS} thread"
                else "${NativeProcess.threads()} threads",
                "device $device",
                "${System.getProperty("os.name")} ${System.getProperty("os.arch")}",
                "Java ${Runtime.version()}",
                "Sparring ${Cli.version()}",
            )
            .plus(chosenKernels())
            .joinToString(", ")
    }

    /** Environment variables by which libraries choose their kernels, and with them their speed. */
    private fun chosenKernels(): List<String> =
        NativeProcess.facts()
            .filterKeys { it.startsWith(FROM_ENVIRONMENT) }
            .map { (name, value) -> "kernels by ${name.removePrefix(FROM_ENVIRONMENT)}=$value" }

    /** The peak resident memory of this process so far; null if the system does not report it. */
    fun peakBytes(): Long? =
        field("/proc/self/status", "VmHWM")?.removeSuffix(" kB")?.toLongOrNull()?.times(1024)

    /** The first value of that name in one of Linux's files; null if there is none. */
    private fun field(file: String, name: String): String? =
        try {
            Files.readAllLines(Path.of(file))
                .firstOrNull { it.substringBefore(':').trim() == name }
                ?.substringAfter(':')
                ?.trim()
        } catch (_: IOException) {
            null // not Linux
        }
}
