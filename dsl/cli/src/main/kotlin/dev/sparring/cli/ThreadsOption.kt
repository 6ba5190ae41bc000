package dev.sparring.cli

import dev.sparring.process.NativeProcess
import picocli.CommandLine.ITypeConverter
import picocli.CommandLine.Option
import picocli.CommandLine.TypeConversionException

/** The option that chooses the number of threads. */
internal class ThreadsOption {
    /** What is asked for; null if nothing is. */
    var threads: Int? = null
        private set

    /** What says so, if it is a default of the user's; null if it was typed. */
    var source: String? = null

    private val before: String? = System.getProperty(PROPERTY)

    /**
     * Takes effect at once: libraries read it when they load, and the script of a recipe may load
     * them.
     */
    @Option(
        names = [NAME],
        paramLabel = "N",
        converter = [ThreadCount::class],
        description =
            [
                "threads to compute with (default: OMP_NUM_THREADS, else one for each processor); " +
                    "the last bits of results may depend on it, so run.json has it; not with " +
                    "--portable, which has ${NativeProcess.PORTABLE_THREADS}"
            ],
    )
    fun ask(count: Int?) {
        threads = count
        if (count != null) System.setProperty(PROPERTY, "$count")
    }

    /** Refuses a number where results have to be portable; one that is a default yields. */
    fun requireFor(isPortable: Boolean, log: (String) -> Unit) {
        if (!isPortable || threads == null) return
        if (source == null) throw BadInput(PORTABLE)
        log(
            "threads $threads by $source counts for nothing: a portable run has " +
                "${NativeProcess.PORTABLE_THREADS}"
        )
        threads = null
        if (before == null) System.clearProperty(PROPERTY) else System.setProperty(PROPERTY, before)
    }

    companion object {
        const val NAME = "--threads"

        /** What engines take the number from. */
        const val PROPERTY = "sparring.threads"

        const val PORTABLE =
            "$NAME: a portable run has ${NativeProcess.PORTABLE_THREADS} thread; leave it out"
    }
}

/** A number of threads on the command line. */
internal class ThreadCount : ITypeConverter<Int> {
    override fun convert(value: String): Int =
        value.toIntOrNull()?.takeIf { it in 1..MOST }
            ?: throw TypeConversionException("must be 1 to $MOST, got '$value'")

    companion object {
        /** The most that [NativeProcess.threads] takes. */
        const val MOST = 9999
    }
}
