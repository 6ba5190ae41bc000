package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
  private static final int RECORD = 3073;

  @TempDir Path folder;

  /** Two images: red 255, green 0, blue 51 everywhere but for the second row's first red pixel. */
  private static byte[] twoImages(int firstLabel) {
    byte[] file = new byte[2 * RECORD];
    for (int n = 0; n < 2; n++) {
      file[n * RECORD] = (byte) (firstLabel + n);
      for (int i = 0; i < 1024; i++) {
        file[n * RECORD + 1 + i] = (byte) 255;
        file[n * RECORD + 1 + 2048 + i] = 51;
      }
      file[n * RECORD + 1 + 32] = 102;
    }
    return file;
  }

  @Test
  void readsTheFilesInOrder() throws IOException {
    for (int i = 1; i <= 5; i++) {
      Files.write(folder.resolve("data_batch_" + i + ".bin"), twoImages(i));
    }
    DataSet data = Cifar10.cifar10("x").read(folder, 2);
    assertEquals(10, data.size());
    assertEquals(Shape.of(3, 32, 32), data.sampleShape());
    for (int i = 0; i < 10; i++) {
      assertEquals(1 + i / 2 + i % 2, data.label(i).getAsInt());
    }
    float[] pixels = new float[3072];
    data.read(9, pixels, 0);
    assertEquals(1, pixels[0]);
    assertEquals(102 / 127.5f - 1, pixels[32], 1e-6);
    assertEquals(-1, pixels[1024]);
    assertEquals(51 / 127.5f - 1, pixels[2048], 1e-6);
  }

  @Test
  void wrongFilesAreNamed() throws IOException {
    Cifar10 test = Cifar10.cifar10("x").split(Split.TEST);
    Path file = folder.resolve("test_batch.bin");
    assertEquals(
        file + ": no such file; expected the binary version of CIFAR-10, unpacked",
        assertThrows(DataException.class, () -> test.read(folder, 2)).getMessage());
    Files.write(file, twoImages(9));
    assertEquals(
        file + ": image 1 has label 10, expected 0 to 9",
        assertThrows(DataException.class, () -> test.read(folder, 2)).getMessage());
  }

  @Test
  void aFileOfTheWrongLengthIsRefusedAndTheArchivesFolderIsFound() throws IOException {
    Path below = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    Path file = Files.write(below.resolve("test_batch.bin"), twoImages(0));
    Cifar10 data = new Cifar10(folder.toString(), Split.TEST);
    assertEquals(
        file + ": has 6146 bytes, expected 30730000",
        assertThrows(DataException.class, () -> data.open(new Seed(1), line -> {})).getMessage());
  }
}
