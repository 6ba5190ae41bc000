package dev.sparring.cli

import com.sun.management.OperatingSystemMXBean
import dev.sparring.plan.GamePlan
import dev.sparring.tensor.Device
import dev.sparring.train.StepMemory
import dev.sparring.train.UnestimatedException
import java.lang.management.ManagementFactory
import java.util.Locale

/** Compares the estimated memory of a training with that of the machine or its container. */
internal class MemoryCheck(private val plan: GamePlan, private val engines: EngineOptions) {
    private val onCpu = parseDevice(engines.device).kind() == Device.Kind.CPU

    /** One line for `sparring check`. */
    fun text(): String {
        if (!onCpu) return "memory: that of ${engines.device} is not estimated"
        val memory =
            try {
                estimate()
            } catch (e: UnestimatedException) {
                return "memory: not estimated: ${e.message}"
            }
        val data = plan.recipe().data().memory()
        val known =
            if (data.isPresent) "with ${megabytes(data.asLong.toDouble())} of data"
            else "without the data, whose size is not known before it is read"
        return "memory: about ${megabytes(needed(memory))} on ${engines.engine}: " +
            "${megabytes(memory.step())} for networks and a step, " +
            "${megabytes(memory.started())} for Java's and the engine's code, and " +
            "${megabytes(heap())} of Java's heap, $known"
    }

    /**
     * Refuses a recipe that needs more.
     *
     * @param file the recipe
     * @param log receives a line if the memory cannot be estimated
     * @param processes how many train on this machine
     * @throws BadInput with both numbers
     */
    fun requireEnough(
        file: String,
        log: (String) -> Unit,
        available: Double = machine(),
        processes: Int = 1,
    ) {
        if (!onCpu) return
        val needed =
            try {
                needed(estimate()) * processes
            } catch (e: UnestimatedException) {
                return log("$file: its memory is not estimated: ${e.message}")
            }
        if (needed > available) {
            throw BadInput(
                "$file: the training takes about ${megabytes(needed)} on ${engines.engine}, and there " +
                    "are ${megabytes(available)} of memory here; use a smaller train.batch, " +
                    "smaller samples or layers, or --ignore-memory"
            )
        }
    }

    private fun estimate(): StepMemory = StepMemory.of(plan, engines.engine)

    private fun needed(memory: StepMemory) = memory.total() + heap()

    /**
     * What of Java's heap a training fills: the place of young objects, what lives on, the data.
     */
    private fun heap(): Double =
        minOf(
            young() + LIVING + DRAWN * parameters() + plan.recipe().data().memory().orElse(0),
            Runtime.getRuntime().maxMemory().toDouble(),
        )

    private fun parameters(): Long =
        plan.directions().sumOf {
            it.generator().parameterCount() + it.discriminator().parameterCount()
        }

    companion object {
        /** Recipe, script and libraries in a JVM that trains; measured, with small data. */
        private const val LIVING = 20e6

        /** Weights are drawn in double precision, and their arrays collected late. */
        private const val DRAWN = 8.0

        /** Memory that collectors fill before they collect for the first time. */
        private fun young(): Double =
            ManagementFactory.getMemoryPoolMXBeans()
                .filter { it.name.contains("Eden") || it.name.contains("Survivor") }
                .sumOf { it.usage.committed.toDouble() }

        /** The memory of the machine, or the limit of its container. */
        fun machine(): Double =
            (ManagementFactory.getOperatingSystemMXBean() as? OperatingSystemMXBean)
                ?.totalMemorySize
                ?.toDouble() ?: Double.POSITIVE_INFINITY

        private fun megabytes(bytes: Double) = String.format(Locale.ROOT, "%,.0f MB", bytes / 1e6)
    }
}
