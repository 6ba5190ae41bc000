package dev.sparring.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
  @Test
  void readsDevices() {
    assertEquals(Device.CPU, Device.parse("cpu"));
    assertEquals(new Device(Device.Kind.CUDA, 0), Device.parse("cuda"));
    assertEquals(new Device(Device.Kind.CUDA, 0), Device.parse("cuda:0"));
    assertEquals(new Device(Device.Kind.CUDA, 12), Device.parse("cuda:12"));
  }

  @Test
  void writesWhatItReads() {
    assertEquals("cpu", Device.CPU.toString());
    assertEquals("cuda:3", Device.parse("cuda:3").toString());
    assertEquals("cuda:0", Device.parse("cuda").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "CPU", "cpu:0", "gpu", "cuda:", "cuda:-1", "cuda:x", "cuda:1000", " cpu"})
  void refusesTheRest(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Device.parse(text));
    assertEquals("unknown device '" + text + "': expected cpu, cuda or cuda:INDEX", e.getMessage());
  }
}
