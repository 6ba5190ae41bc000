package dev.sparring.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sparring.data.DataException;
import dev.sparring.data.Idx;
import dev.sparring.random.Seed;

/** Images in IDX files, also in gzip. */
class IdxFuzzTest {
  @FuzzTest
  void isReadOrRefused(byte[] bytes) {
    Reading.of(
        bytes,
        "images-idx3-ubyte",
        DataException.class,
        file -> {
          Idx idx = Idx.idx(file.toString());
          idx.sampleShape();
          idx.open(new Seed(1), line -> {});
          idx.labels(file.toString()).classes();
        });
  }
}
