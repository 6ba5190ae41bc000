package dev.sparring.cli.bench

/** One recipe on one engine: what was measured so far, and why it went no further. */
internal class BenchCase(val workload: Workload, val engine: String) {
    val measured: MutableList<Reply.Measured> = mutableListOf()
    var failure: String? = null

    val title: String
        get() = "${workload.name} on $engine"
}
