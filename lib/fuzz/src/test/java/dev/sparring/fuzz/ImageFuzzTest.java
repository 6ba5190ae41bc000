package dev.sparring.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sparring.data.DataException;
import dev.sparring.data.ImageFolder;
import dev.sparring.random.Seed;
import java.nio.file.Path;

/** Pictures in a folder, PNG or JPEG by their bytes. */
class ImageFuzzTest {
  @FuzzTest
  void isReadOrRefused(byte[] bytes) {
    Reading.of(
        bytes,
        "a.png",
        DataException.class,
        file -> {
          Path folder = file.toAbsolutePath().getParent();
          ImageFolder.imageFolder(String.valueOf(folder), 4).open(new Seed(1), line -> {});
        });
  }
}
