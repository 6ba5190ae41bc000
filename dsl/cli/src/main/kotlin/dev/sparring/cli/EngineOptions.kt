package dev.sparring.cli

import dev.sparring.tensor.Device
import dev.sparring.tensor.Engine
import dev.sparring.tensor.Engines
import dev.sparring.tensor.Precision
import picocli.CommandLine.Option

/** The options that choose an engine. */
internal class EngineOptions {
    @Option(
        names = ["--engine"],
        paramLabel = "NAME",
        description = ["torch or nd4j (default: torch)"],
    )
    var engine: String = "torch"

    @Option(
        names = ["--device"],
        paramLabel = "cpu|cuda[:i]",
        description = ["where to compute (default: cpu)"],
    )
    var device: String = "cpu"

    fun open(precision: Precision): Engine = Engines.open(engine, parseDevice(device), precision)
}

/** The device that `--device` names. */
internal fun parseDevice(text: String): Device =
    try {
        Device.parse(text)
    } catch (e: IllegalArgumentException) {
        throw BadInput("--device: ${e.message}", e)
    }

/** Refuses an engine that is not on the class path, without loading it. */
internal fun requireEngine(name: String) {
    val available = Engines.available().map { it.name() }
    if (name !in available) {
        throw BadInput(
            "--engine: no engine '$name' on the class path; " +
                "there is ${available.joinToString(", ").ifEmpty { "none" }}"
        )
    }
}
