package dev.sparring.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sparring.data.DataException;
import dev.sparring.data.Npy;
import dev.sparring.random.Seed;

/** Samples in arrays of NumPy. */
class NpyFuzzTest {
  @FuzzTest
  void isReadOrRefused(byte[] bytes) {
    Reading.of(
        bytes,
        "a.npy",
        DataException.class,
        file -> {
          Npy npy = Npy.npy(file.toString());
          npy.sampleShape();
          npy.open(new Seed(1), line -> {});
        });
  }
}
