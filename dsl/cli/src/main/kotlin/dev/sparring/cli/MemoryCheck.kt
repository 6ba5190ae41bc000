package dev.sparring.cli

import com.sun.management.OperatingSystemMXBean
import dev.sparring.plan.GamePlan
import dev.sparring.tensor.Device
import dev.sparring.train.StepMemory
import java.lang.management.ManagementFactory
import java.util.Locale

/** Compares the estimated memory of a training with that of the machine or its container. */
internal class MemoryCheck(private val plan: GamePlan, private val engines: EngineOptions) {
    private val onCpu = parseDevice(engines.device).kind() == Device.Kind.CPU

    /** One line for `sparring check`. */
    fun text(): String {
        if (!onCpu) return "memory: that of ${engines.device} is not estimated"
        val memory = estimate() ?: return "memory: not estimated, for words that need numbers"
        return "memory: about ${megabytes(memory.total())} on ${engines.engine} beside the Java " +
            "heap, ${megabytes(memory.step())} of them for networks and a step"
    }

    /**
     * Refuses a recipe that needs more.
     *
     * @param file the recipe
     * @throws BadInput with both numbers
     */
    fun requireEnough(file: String, available: Double = machine()) {
        val needed = if (onCpu) estimate()?.total() ?: return else return
        if (needed > available) {
            throw BadInput(
                "$file: a step takes about ${megabytes(needed)} on ${engines.engine}, and there " +
                    "are ${megabytes(available)} of memory here; use a smaller train.batch, " +
                    "smaller samples or layers, or --ignore-memory"
            )
        }
    }

    private fun estimate(): StepMemory? = StepMemory.of(plan, engines.engine).orElse(null)

    companion object {
        /** The memory of the machine, or the limit of its container. */
        fun machine(): Double =
            (ManagementFactory.getOperatingSystemMXBean() as? OperatingSystemMXBean)
                ?.totalMemorySize
                ?.toDouble() ?: Double.POSITIVE_INFINITY

        private fun megabytes(bytes: Double) = String.format(Locale.ROOT, "%,.0f MB", bytes / 1e6)
    }
}
