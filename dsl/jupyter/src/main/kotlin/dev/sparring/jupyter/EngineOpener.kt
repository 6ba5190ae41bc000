package dev.sparring.jupyter

import dev.sparring.recipe.Train
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engine
import dev.sparring.tensor.Engines

/** Which engine a cell computes with, and where. */
internal class EngineOpener(private val name: String, device: String) {
    private val where = Device.parse(device)

    /** To train with. */
    fun toTrain(train: Train): Engine =
        if (train.portable) Engines.openPortable(name, where, train.precision)
        else Engines.open(name, where, train.precision)

    /** To draw samples with, which is done in single precision. */
    fun toLook(train: Train): Engine = Engines.open(name, where, train.precision.elements())
}
