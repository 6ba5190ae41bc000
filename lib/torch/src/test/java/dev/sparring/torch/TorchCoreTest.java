package dev.sparring.torch;

import dev.sparring.conformance.CoreConformance;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Group;
import dev.sparring.tensor.Precision;
import java.util.function.IntFunction;

/** Core on this engine. */
class TorchCoreTest implements CoreConformance {
  @Override
  public Engine open(Precision precision) {
    return TorchEngine.open(DeviceUnderTest.DEVICE, precision);
  }

  /** Over sockets; of threads on a card, which NCCL does not let several processes share. */
  @Override
  public IntFunction<Group> groups(int size, IntFunction<Engine> engines) {
    return DeviceUnderTest.DEVICE.kind() == Device.Kind.CPU
        ? TorchGroupTest.overSockets(size, engines)
        : CoreConformance.super.groups(size, engines);
  }
}
