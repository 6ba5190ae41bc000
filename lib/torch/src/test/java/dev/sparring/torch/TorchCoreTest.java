package dev.sparring.torch;

import dev.sparring.conformance.CoreConformance;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;

/** Core on this engine. */
class TorchCoreTest implements CoreConformance {
  @Override
  public Engine open(Precision precision) {
    return TorchEngine.open(DeviceUnderTest.DEVICE, precision);
  }
}
