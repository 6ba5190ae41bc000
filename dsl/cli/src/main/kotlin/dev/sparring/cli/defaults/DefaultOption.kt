package dev.sparring.cli.defaults

import dev.sparring.cli.ThreadCount
import dev.sparring.cli.requireEngine
import dev.sparring.tensor.Device

/**
 * An option whose default may stand in the environment or in the file of the user.
 *
 * @param decides whether results may depend on it
 * @param value reads its text, or throws an exception that says what is wrong
 */
internal enum class DefaultOption(val decides: Boolean, val value: (String) -> Any) {
    ENGINE(true, { it.also(::requireEngine) }),
    DEVICE(true, { "${Device.parse(it)}" }),
    THREADS(true, ThreadCount()::convert),
    PORTABLE(true, ::flag),
    JOBS(true, ::positive),
    QUIET(false, ::flag);

    /** In the file. */
    val key: String = name.lowercase()

    val option: String = "--$key"

    /** In the environment. */
    val variable: String = PREFIX + name

    /**
     * Whether it is one of a command's. A run that is repeated is its own measure, and a bench
     * compares engines.
     */
    fun isOf(command: String): Boolean =
        when (command) {
            "help",
            "completion" -> false
            "reproduce" -> this == QUIET
            "autopsy" -> this == QUIET || this == JOBS
            "bench" -> this != ENGINE
            else -> true
        }

    companion object {
        /** Variables that are no options: three of the launcher, one of the readers of data. */
        val OTHERS =
            listOf("JAVA_OPTS", "CLASSPATH", "CLASS_DATA", "KEEP_IMAGES")
                .map { PREFIX + it }
                .toSet()
    }
}

/** Of all variables that are Sparring's. */
internal const val PREFIX = "SPARRING_"

private fun flag(text: String): Boolean =
    requireNotNull(text.lowercase().toBooleanStrictOrNull()) {
        "must be true or false, got '$text'"
    }

private fun positive(text: String): Int =
    requireNotNull(text.toIntOrNull()?.takeIf { it > 0 }) { "must be 1 or more, got '$text'" }
