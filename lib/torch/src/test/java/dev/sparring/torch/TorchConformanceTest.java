package dev.sparring.torch;

import dev.sparring.conformance.EngineConformance;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;

class TorchConformanceTest implements EngineConformance {
  @Override
  public Engine open(Precision precision) {
    return TorchEngine.open(DeviceUnderTest.DEVICE, precision);
  }
}
