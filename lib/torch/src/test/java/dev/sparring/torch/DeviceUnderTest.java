package dev.sparring.torch;

import dev.sparring.tensor.Device;

/** Where the conformance suites compute: {@code -Dsparring.device=cuda}, else the processor. */
final class DeviceUnderTest {
  static final Device DEVICE = Device.parse(System.getProperty("sparring.device", "cpu"));

  private DeviceUnderTest() {}
}
