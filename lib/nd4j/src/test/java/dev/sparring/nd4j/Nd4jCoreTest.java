package dev.sparring.nd4j;

import dev.sparring.conformance.CoreConformance;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;

/** Core on this engine. */
class Nd4jCoreTest implements CoreConformance {
  @Override
  public Engine open(Precision precision) {
    return Nd4jEngine.open(Device.CPU, precision);
  }
}
