package dev.sparring.run;

import dev.sparring.recipe.Train;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Engines;
import java.util.Optional;
import java.util.function.Consumer;

/** Engines as recipes and runs ask for them. */
public final class RunEngine {
  private RunEngine() {}

  /**
   * Opens one: of the precision of these settings, and portable if they say so.
   *
   * @param name of the engine
   * @throws dev.sparring.tensor.EngineException if there is none of that name, or it cannot do it
   */
  public static Engine open(String name, Device device, Train train) {
    return train.portable()
        ? Engines.openPortable(name, device, train.precision())
        : Engines.open(name, device, train.precision());
  }

  /**
   * The settings to look at a run or a recipe with, as {@link #open} takes them. Mixed precision is
   * of training passes, so outside of them it is single precision. A portable run is looked at so
   * where the machine can do it.
   *
   * @param log receives a line if it cannot, since figures and samples may differ then
   */
  public static Train toLook(Train train, String name, Device device, Consumer<String> log) {
    Train single = train.precision(train.precision().elements());
    if (!train.portable()) {
      return single;
    }
    Optional<String> why =
        device.kind() == Device.Kind.CPU
            ? Engines.named(name).whyNotPortable()
            : Optional.of("the device is " + device);
    why.ifPresent(
        reason ->
            log.accept("train.portable: results here may differ in their last bits: " + reason));
    return single.portable(why.isEmpty());
  }
}
