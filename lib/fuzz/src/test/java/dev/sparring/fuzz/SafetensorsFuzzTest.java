package dev.sparring.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sparring.safetensors.Safetensors;
import dev.sparring.safetensors.SafetensorsException;

/** Weights from files of unknown programs. */
class SafetensorsFuzzTest {
  @FuzzTest
  void isReadOrRefused(byte[] bytes) {
    Reading.of(
        bytes,
        "a.safetensors",
        SafetensorsException.class,
        file -> {
          Safetensors read = Safetensors.open(file);
          for (String name : read.names()) {
            if (read.isWeight(name) && read.doubles(name).length != read.shape(name).elements()) {
              throw new AssertionError(name);
            }
          }
        });
  }
}
