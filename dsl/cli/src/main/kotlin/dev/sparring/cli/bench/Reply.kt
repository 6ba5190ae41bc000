package dev.sparring.cli.bench

import kotlinx.serialization.Serializable

/** The result of one measuring process. */
@Serializable
internal sealed interface Reply {
    /**
     * Its measurements.
     *
     * @param version the engine's numerical library
     * @param seconds each iteration that counts
     * @param peakBytes its peak memory, or null if the system does not report it
     */
    @Serializable
    data class Measured(val version: String, val seconds: List<Double>, val peakBytes: Long?) :
        Reply

    /** The reason why it measured nothing, in one line. */
    @Serializable data class Failed(val message: String) : Reply

    /** The user pressed Ctrl-C, or an equivalent signal ended it. */
    @Serializable data object Interrupted : Reply
}
