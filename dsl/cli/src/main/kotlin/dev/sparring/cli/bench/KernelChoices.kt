package dev.sparring.cli.bench

import dev.sparring.process.NativeProcess

/** Environment variables by which libraries choose their kernels, and with them their speed. */
internal object KernelChoices {
    private const val PREFIX = "env "

    /** Those that are set, as `NAME=value`. */
    fun ofEnvironment(): List<String> =
        NativeProcess.facts()
            .filterKeys { it.startsWith(PREFIX) }
            .map { (name, value) -> "${name.removePrefix(PREFIX)}=$value" }
}
