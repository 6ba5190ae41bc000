package dev.sparring.cli.sweep

import dev.sparring.cli.BadInput
import dev.sparring.cli.EngineOptions
import dev.sparring.cli.Words
import dev.sparring.cli.measuring
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.eval.ScheduledEvaluation
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engines
import java.nio.file.Path

/** What would fail in every run of a sweep, found before the first one. */
internal object SweepChecks {
    /** Each run is trained by a process of its own, which reads its recipe as text. */
    fun requireText(sweep: Sweep, words: Words, file: Path) {
        val problem = sweep.cells.flatMap { words.format.unwritable(it.recipe) }.firstOrNull()
        if (problem != null) throw BadInput("$file: recipe: $problem; the runs of a sweep need it")
    }

    /** Missing data, or a missing extractor. */
    fun requireData(runs: List<SweepRun>, log: (String) -> Unit) {
        for (alike in runs.map { it.recipe }.groupBy { it.data }.values) {
            val data = alike[0].openData(log)
            val measured = alike.distinctBy { it.evaluate?.every(1)?.seed(0) }
            measured.forEach { measuring { ScheduledEvaluation.check(it, data) } }
        }
    }

    /** A device that this machine lacks, or kernels. */
    fun requireEngine(
        runs: List<SweepRun>,
        engines: EngineOptions,
        device: Device,
        log: (String) -> Unit,
    ) {
        if (device.kind() != Device.Kind.CPU) {
            engines.open(runs.first().recipe.train, log).close()
        }
        if (runs.any { it.recipe.train.portable }) {
            Engines.named(engines.engine).whyNotPortable().ifPresent {
                throw BadInput("train.portable: $it")
            }
        }
    }
}
