package dev.sparring.cli

import dev.sparring.network.Sampler
import java.nio.file.Path
import java.util.OptionalInt
import picocli.CommandLine.Option

/** Checks what `--class` says against a run's generator; null if it says nothing. */
internal fun knownClass(run: Path, sampler: Sampler, label: Int?): Int? {
    if (label == null) return null
    val classes = sampler.classes()
    if (classes.isEmpty) {
        throw BadInput("--class: the generator of $run knows no classes")
    }
    if (label !in 0 until classes.asInt) {
        throw BadInput("--class must be 0 to ${classes.asInt - 1}, got $label")
    }
    return label
}

/** The option that names the class of samples that are to have one and the same. */
internal class OneClassOption {
    @Option(
        names = ["--class"],
        paramLabel = "K",
        description = ["the class of all samples, from 0; a conditional generator needs it"],
    )
    var label: Int? = null

    /** The class; empty for a generator that knows none. */
    fun of(run: Path, sampler: Sampler, what: String): OptionalInt {
        val classes = sampler.classes()
        if (label == null && classes.isPresent) {
            throw BadInput(
                "--class: the generator of $run is conditional, and $what one class; " +
                    "expected 0 to ${classes.asInt - 1}"
            )
        }
        return knownClass(run, sampler, label)?.let(OptionalInt::of) ?: OptionalInt.empty()
    }
}
