package dev.sparring.jupyter

import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Train
import dev.sparring.run.RunEngine
import dev.sparring.run.RunException
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engine
import dev.sparring.tensor.EngineException
import dev.sparring.train.TrainingMemory
import dev.sparring.train.UnestimatedException

/** Which engine a cell computes with, and where. */
internal class EngineOpener(private val name: String, device: String) {
    private val where =
        try {
            Device.parse(device)
        } catch (e: IllegalArgumentException) {
            throw EngineException("${e.message}", e)
        }

    /** To train with. */
    fun toTrain(train: Train): Engine = RunEngine.open(name, where, train)

    /** To draw samples with; a line says where those of a portable run may differ. */
    fun toLook(train: Train): Engine =
        RunEngine.open(name, where, RunEngine.toLook(train, name, where, ::println))

    /** Refuses a training that takes more memory than there is, as the command line does. */
    fun requireMemory(plan: GamePlan, available: Double = TrainingMemory.machine()) {
        if (where.kind() != Device.Kind.CPU) return
        val memory =
            try {
                TrainingMemory.of(plan, name)
            } catch (e: UnestimatedException) {
                return println("memory: not estimated: ${e.message}")
            }
        memory.shortage(available, 1).ifPresent {
            throw RunException("$it, or ignoreMemory = true")
        }
    }
}
