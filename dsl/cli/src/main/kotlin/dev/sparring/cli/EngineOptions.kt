package dev.sparring.cli

import dev.sparring.recipe.Train
import dev.sparring.run.RunEngine
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engine
import dev.sparring.tensor.Engines
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option

/** The options that choose an engine. */
internal class EngineOptions {
    @Option(
        names = ["--engine"],
        paramLabel = "NAME",
        completionCandidates = EngineNames::class,
        description = ["torch or nd4j (default: torch)"],
    )
    var engine: String = "torch"

    @Option(
        names = ["--device"],
        paramLabel = "cpu|cuda[:i]",
        description = ["where to compute (default: cpu)"],
    )
    var device: String = "cpu"

    @Option(
        names = ["--portable"],
        description =
            [
                "the same bits on every x86-64 processor with AVX2: kernels that all of them " +
                    "have, on one thread (see: sparring words train)"
            ],
    )
    var portable: Boolean = false

    @Mixin val threads: ThreadsOption = ThreadsOption()

    /** The change of a recipe that stands for `--portable`. */
    val changes: List<String>
        get() = if (portable) listOf("train.portable=true") else emptyList()

    /** An engine to train with: portable if the recipe or the option says so. */
    fun open(train: Train, log: (String) -> Unit): Engine {
        requireEngine(engine)
        threads.requireFor(portable || train.portable, log)
        val where = parseDevice(device)
        val asked = if (portable) train.portable(true) else train
        return RunEngine.open(engine, where, asked).also { opened ->
            val ignored = opened.facts().filterKeys { it.startsWith(IGNORED) }
            if (ignored.isNotEmpty()) {
                val list = ignored.map { "${it.key.removePrefix(IGNORED)}=${it.value}" }
                log("portable: ${list.joinToString()} in the environment counts for nothing")
            }
        }
    }

    /**
     * An engine to look at a run or a recipe with. A portable run is looked at so where the machine
     * can do it; elsewhere a line says that it is not. Outside of training passes, mixed precision
     * is single precision.
     */
    fun openToLook(recorded: Train, log: (String) -> Unit): Engine {
        requireEngine(engine)
        // Asked for by the option, it has to be possible.
        val asked = if (portable) recorded.portable(false) else recorded
        return open(RunEngine.toLook(asked, engine, parseDevice(device), log), log)
    }

    private companion object {
        const val IGNORED = "ignored "
    }
}

/** The engines on the class path, for shells. */
internal class EngineNames : Iterable<String> {
    override fun iterator(): Iterator<String> = Engines.available().map { it.name() }.iterator()
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
                "there is ${available.joinToString(", ").ifEmpty { "none" }}" +
                Unmatched.meant(name, available)
        )
    }
}
