package dev.sparring.cli.sweep

import dev.sparring.cli.BadInput
import dev.sparring.cli.EngineOptions
import dev.sparring.cli.WordOptions
import dev.sparring.cli.parseDevice
import dev.sparring.cli.requireEngine
import dev.sparring.tensor.Device
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option

/** The options of commands that train many runs: on what, with whose words, how many at a time. */
internal class RunsOptions(words: WordOptions = WordOptions()) {
    @Mixin val engines: EngineOptions = EngineOptions()

    @Mixin val own: WordOptions = words

    @Option(
        names = ["--jobs"],
        paramLabel = "N",
        description = ["runs at a time, which share the processors, or the --threads (default: 1)"],
    )
    var jobs: Int = 1

    /** The device that is asked for. */
    val device: Device
        get() = parseDevice(engines.device)

    /** Refuses what can be refused before anything is read. */
    fun check() {
        if (jobs !in 1..MOST_JOBS) throw BadInput("--jobs must be 1 to $MOST_JOBS, got $jobs")
        requireEngine(engines.engine)
        device
    }

    private companion object {
        const val MOST_JOBS = 256
    }
}
