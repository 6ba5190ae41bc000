package dev.sparring.cli.bench

/** One recipe on one engine: the measurements so far, and the reason if they stopped early. */
internal class BenchCase(val workload: Workload, val engine: String) {
    val measured: MutableList<Reply.Measured> = mutableListOf()
    var failure: String? = null

    val title: String
        get() = "${workload.name} on $engine"
}
