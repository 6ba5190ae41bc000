package dev.sparring.report.docs

/**
 * What a step of several processes takes: sngan-32, a batch of 32 on one core each.
 * `samples/distributed.md` says which of the numbers were measured.
 *
 * @property gigabits bandwidth of the network, a second
 * @property hasPowerIterations those of spectral normalization, which each process does for all
 */
internal class ScalingModel(
    val name: String,
    private val gigabits: Double,
    private val hasPowerIterations: Boolean,
) {
    /** Seconds of a sum over all processes. */
    fun exchange(processes: Int): Double {
        val others = processes - 1.0
        if (processes == 1) return 0.0
        val wire = MEGABYTES * 8 / 1000 / gigabits
        return MEGABYTES * COPY + 2 * others / processes * wire + MESSAGES * others * MESSAGE
    }

    fun step(processes: Int): Double {
        val iterations = if (hasPowerIterations) POWER_ITERATION * (processes - 1) else 0.0
        return ALONE + exchange(processes) + iterations
    }

    /** Samples a second over those of one process. */
    fun speedUp(processes: Int): Double = processes * step(1) / step(processes)

    /** The share of a step that is the exchange, and that no overlap could save more than. */
    fun share(processes: Int): Double = exchange(processes) / step(processes)

    companion object {
        val COUNTS: List<Int> = List(7) { 1 shl it }

        val CASES: List<ScalingModel> =
            listOf(
                ScalingModel("no power iterations, 10 Gbit/s", 10.0, false),
                ScalingModel("no power iterations, 1 Gbit/s", 1.0, false),
                ScalingModel("SN, 10 Gbit/s", 10.0, true),
                ScalingModel("SN, 1 Gbit/s", 1.0, true),
            )

        private const val ALONE = 0.52
        private const val MEGABYTES = 27.0
        private const val COPY = 0.64e-3
        private const val MESSAGES = 4
        private const val MESSAGE = 0.1e-3
        private const val POWER_ITERATION = 8.1e-3
    }
}
