package dev.sparring.cli

import dev.sparring.plan.GamePlan
import dev.sparring.tensor.Device
import dev.sparring.train.TrainingMemory
import dev.sparring.train.UnestimatedException

/** Compares the estimated memory of a training with that of the machine or its container. */
internal class MemoryCheck(private val plan: GamePlan, private val engines: EngineOptions) {
    private val onCpu = parseDevice(engines.device).kind() == Device.Kind.CPU

    /** One line for `sparring check`. */
    fun text(): String {
        if (!onCpu) return "memory: that of ${engines.device} is not estimated"
        return try {
            "memory: ${TrainingMemory.of(plan, engines.engine)}"
        } catch (e: UnestimatedException) {
            "memory: not estimated: ${e.message}"
        }
    }

    /**
     * Refuses a recipe that needs more than there is.
     *
     * @param file the recipe
     * @param log receives a line if the memory cannot be estimated
     * @param processes how many train on this machine
     * @throws BadInput with both numbers
     */
    fun requireEnough(file: String, log: (String) -> Unit, processes: Int = 1) {
        if (!onCpu) return
        val memory =
            try {
                TrainingMemory.of(plan, engines.engine)
            } catch (e: UnestimatedException) {
                return log("$file: its memory is not estimated: ${e.message}")
            }
        memory.shortage(TrainingMemory.machine(), processes).ifPresent {
            throw BadInput("$file: $it, or --ignore-memory")
        }
    }
}
