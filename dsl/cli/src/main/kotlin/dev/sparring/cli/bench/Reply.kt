package dev.sparring.cli.bench

import kotlinx.serialization.Serializable

/** What comes of one measuring process. */
@Serializable
internal sealed interface Reply {
    /**
     * What it measured.
     *
     * @param version the engine's numerical library
     * @param seconds each iteration that counts
     * @param peakBytes the most memory it had at once, or null where nobody counts
     */
    @Serializable
    data class Measured(val version: String, val seconds: List<Double>, val peakBytes: Long?) :
        Reply

    /** Why it measured nothing, in one line. */
    @Serializable data class Failed(val message: String) : Reply

    /** Somebody pressed Ctrl-C, or ended it by a signal that asks for the same. */
    @Serializable data object Interrupted : Reply
}
