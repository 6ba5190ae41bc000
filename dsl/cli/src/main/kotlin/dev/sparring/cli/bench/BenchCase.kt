package dev.sparring.cli.bench

/**
 * One recipe on one engine, or in a program of another library: the measurements so far, and the
 * reason if they stopped early.
 *
 * @property portable whether it computes as `--portable` has it
 */
internal class BenchCase(
    val workload: Workload,
    val engine: String,
    val peer: PeerProcess? = null,
    val portable: Boolean = false,
) {
    val measured: MutableList<Reply.Measured> = mutableListOf()
    var failure: String? = null

    /** What the table calls the engine. */
    val label: String
        get() = if (portable) "$engine portable" else engine

    val title: String
        get() = "${workload.name} on $label"
}
