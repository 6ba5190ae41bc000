package dev.sparring.data;

import static dev.sparring.data.Opened.open;
import static dev.sparring.data.Opened.sample;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyWriterTest {
  @TempDir Path folder;

  /** A file that NumPy wrote is written again, byte by byte. */
  @Test
  void theBytesAreNumPys() throws IOException, URISyntaxException {
    Path golden =
        Path.of(Objects.requireNonNull(getClass().getResource("npy/images-f4.npy")).toURI());
    NpyFile numpys = NpyFile.open(InputFile.of(golden.toString()));
    assertEquals("<f4", numpys.type);
    Shape shape = Shape.of(numpys.dims);
    float[] values = new float[shape.elements()];
    numpys.values((i, value) -> values[(int) i] = (float) value);
    Path file = folder.resolve("again.npy");
    NpyWriter.write(values, shape, file);
    assertArrayEquals(Files.readAllBytes(golden), Files.readAllBytes(file));
  }

  @Test
  void imagesComeBackBitByBit() throws IOException {
    // More than one block of the writer.
    float[] values = new Seed(1).stream("a").gaussians(5 * 3 * 40 * 50);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(-1, Math.min(1, values[i]));
    }
    Path file = Files.writeString(folder.resolve("a.npy"), "an older file");
    NpyWriter.write(values, Shape.of(5, 3, 40, 50), file);
    DataSet read = open(Npy.npy(file.toString()));
    assertEquals(Shape.of(3, 40, 50), read.sampleShape());
    assertEquals(5, read.size());
    int size = 3 * 40 * 50;
    for (int i = 0; i < 5; i++) {
      assertArrayEquals(Arrays.copyOfRange(values, i * size, (i + 1) * size), sample(read, i));
    }
  }

  @Test
  void pointsAndListsComeBack() throws IOException {
    Path points = folder.resolve("points.npy");
    NpyWriter.write(new float[] {1.5f, -2, 3e-20f, 4, 5, -6}, Shape.of(3, 2), points);
    DataSet read = open(Npy.npy(points.toString()));
    assertEquals(Shape.of(2), read.sampleShape());
    assertArrayEquals(new float[] {3e-20f, 4}, sample(read, 1));
    Path list = folder.resolve("list.npy");
    NpyWriter.write(new float[] {1, 2, 4}, Shape.of(3), list);
    assertArrayEquals(new int[] {3}, NpyFile.open(InputFile.of(list.toString())).dims);
  }

  @Test
  void aShapeThatDoesNotFitIsRefused() throws IOException {
    assertEquals(
        "an array of shape (2, 2) has 4 values, got 3",
        assertThrows(
                IllegalArgumentException.class,
                () -> NpyWriter.write(new float[3], Shape.of(2, 2), folder.resolve("x.npy")))
            .getMessage());
    try (var all = Files.list(folder)) {
      assertEquals(0, all.count());
    }
  }
}
