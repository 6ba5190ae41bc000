package dev.sparring.nd4j;

import dev.sparring.conformance.PortableConformance;

class Nd4jPortableTest implements PortableConformance {
  @Override
  public String engine() {
    return Nd4jEngine.NAME;
  }
}
