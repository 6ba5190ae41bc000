package dev.sparring.jupyter

import dev.sparring.recipe.Train
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engine
import dev.sparring.tensor.EngineException
import dev.sparring.tensor.Engines
import java.util.Optional

/** Which engine a cell computes with, and where. */
internal class EngineOpener(private val name: String, device: String) {
    private val where =
        try {
            Device.parse(device)
        } catch (e: IllegalArgumentException) {
            throw EngineException("${e.message}", e)
        }

    /** To train with. */
    fun toTrain(train: Train): Engine =
        if (train.portable) Engines.openPortable(name, where, train.precision)
        else Engines.open(name, where, train.precision)

    /**
     * To draw samples with, which is done in single precision; those of a portable run as they are
     * everywhere, or with a line that says why they are not.
     */
    fun toLook(train: Train): Engine {
        val precision = train.precision.elements()
        if (!train.portable) return Engines.open(name, where, precision)
        val why =
            if (where.kind() != Device.Kind.CPU) Optional.of("the device is $where")
            else Engines.named(name).whyNotPortable()
        if (why.isEmpty) return Engines.openPortable(name, where, precision)
        println("train.portable: results here may differ in their last bits: ${why.get()}")
        return Engines.open(name, where, precision)
    }
}
