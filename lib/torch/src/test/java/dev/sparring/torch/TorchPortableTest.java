package dev.sparring.torch;

import dev.sparring.conformance.PortableConformance;

class TorchPortableTest implements PortableConformance {
  @Override
  public String engine() {
    return TorchEngine.NAME;
  }
}
