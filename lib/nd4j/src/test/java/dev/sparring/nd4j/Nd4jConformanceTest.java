package dev.sparring.nd4j;

import dev.sparring.conformance.EngineConformance;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;

class Nd4jConformanceTest implements EngineConformance {
  @Override
  public Engine open(Precision precision) {
    return Nd4jEngine.open(Device.CPU, precision);
  }
}
