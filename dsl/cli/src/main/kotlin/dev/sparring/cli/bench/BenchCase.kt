package dev.sparring.cli.bench

/**
 * One recipe on one engine, or in a program of another library: the measurements so far, and the
 * reason if they stopped early.
 */
internal class BenchCase(
    val workload: Workload,
    val engine: String,
    val peer: PeerProcess? = null,
) {
    val measured: MutableList<Reply.Measured> = mutableListOf()
    var failure: String? = null

    val title: String
        get() = "${workload.name} on $engine"
}
