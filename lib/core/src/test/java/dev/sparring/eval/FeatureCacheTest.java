package dev.sparring.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.DataSet;
import dev.sparring.data.DataSets;
import dev.sparring.extract.Extractor;
import dev.sparring.metric.Features;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
  private static final int ROWS = 20;

  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();
  private int extracted;

  /** Features that floats cannot represent: thirds of a sample's numbers and of their sum. */
  private Extractor thirds(String id) {
    return new Extractor() {
      @Override
      public String name() {
        return "thirds";
      }

      @Override
      public String id() {
        return id;
      }

      @Override
      public String conditions() {
        return "thirds";
      }

      @Override
      public Features features(float[] samples, Shape sample) {
        extracted++;
        double[] values = new double[samples.length / 2 * 3];
        for (int i = 0; i < samples.length / 2; i++) {
          values[3 * i] = samples[2 * i] / 3.0;
          values[3 * i + 1] = samples[2 * i + 1] / 3.0;
          values[3 * i + 2] = (samples[2 * i] + samples[2 * i + 1]) / 3.0;
        }
        return Features.of(values, 3);
      }
    };
  }

  private static DataSet data(int seed) {
    float[] values = new Seed(seed).stream("test").gaussians(2 * ROWS);
    return DataSets.of(Shape.of(2), values, null);
  }

  private FeatureCache cache() {
    return new FeatureCache(folder.resolve("deep").resolve("features"), log::add);
  }

  private RealSamples real(DataSet data, String id, int count, long seed) {
    return RealSamples.of(data, thirds(id), count, seed, cache());
  }

  private static void same(RealSamples expected, RealSamples found) {
    assertEquals(expected.features().rows(), found.features().rows());
    for (int row = 0; row < expected.features().rows(); row++) {
      for (int c = 0; c < 3; c++) {
        assertEquals(expected.features().get(row, c), found.features().get(row, c));
      }
    }
    assertEquals(expected.moments().count(), found.moments().count());
    assertArrayEquals(expected.moments().mean(), found.moments().mean());
    assertArrayEquals(expected.moments().covariance(), found.moments().covariance());
  }

  @Test
  void whatWasExtractedComesBackBitByBit() {
    RealSamples first = real(data(1), "thirds 1", 7, 5);
    RealSamples again = real(data(1), "thirds 1", 7, 5);
    assertEquals(1, extracted);
    assertEquals(7, first.features().rows());
    assertEquals(5, first.seed());
    same(first, again);
    same(RealSamples.of(data(1), thirds("thirds 1"), 7, 5), again);
    assertEquals(List.of(), log);
  }

  @Test
  void anotherOfAnythingIsExtractedAnew() {
    real(data(1), "thirds 1", 7, 5);
    real(data(2), "thirds 1", 7, 5);
    real(data(1), "thirds 2", 7, 5);
    real(data(1), "thirds 1", 8, 5);
    real(data(1), "thirds 1", 7, 6);
    assertEquals(5, extracted);
    // All samples are the same ones for every seed and count.
    real(data(1), "thirds 1", ROWS, 5);
    real(data(1), "thirds 1", ROWS + 1, 6);
    assertEquals(6, extracted);
  }

  @Test
  void samplesAreDrawnWithoutRepetitionInTheirOrder() {
    float[] values = new float[2 * ROWS];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    DataSet numbered = DataSets.of(Shape.of(2), values, null);
    Features chosen = RealSamples.of(numbered, thirds("thirds 1"), 12, 3).features();
    for (int row = 1; row < 12; row++) {
      assertTrue(chosen.get(row, 0) > chosen.get(row - 1, 0));
    }
    Features others = RealSamples.of(numbered, thirds("thirds 1"), 12, 4).features();
    assertNotEquals(column(chosen), column(others));
  }

  private static List<Double> column(Features features) {
    List<Double> column = new ArrayList<>();
    for (int row = 0; row < features.rows(); row++) {
      column.add(features.get(row, 0));
    }
    return column;
  }

  @Test
  void damagedFilesAreMadeAgain() throws IOException {
    RealSamples expected = real(data(1), "thirds 1", 7, 5);
    Path file;
    try (var files = Files.list(cache().folder())) {
      file = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    byte[] turned = whole.clone();
    turned[60] ^= 1;
    String damaged = file + ": does not have the checksum that it names; extracting";
    for (byte[] bytes : List.of(turned, Arrays.copyOf(whole, whole.length - 1))) {
      Files.write(file, bytes);
      log.clear();
      same(expected, real(data(1), "thirds 1", 7, 5));
      assertEquals(List.of(damaged + " the features again"), log);
      assertArrayEquals(whole, Files.readAllBytes(file));
    }
    Files.write(file, new byte[3]);
    log.clear();
    same(expected, real(data(1), "thirds 1", 7, 5));
    assertEquals(List.of(file + ": has only 3 bytes; extracting the features again"), log);
    // A complete file of other features under this name.
    real(data(2), "thirds 1", 7, 5);
    try (var files = Files.list(cache().folder())) {
      Path other = files.filter(f -> !f.equals(file)).findFirst().orElseThrow();
      Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
    }
    log.clear();
    same(expected, real(data(1), "thirds 1", 7, 5));
    assertEquals(
        List.of(file + ": is no file of these features; extracting the features again"), log);
  }

  @Test
  void aFolderThatCannotBeWrittenToCostsTimeOnly() throws IOException {
    Path file = Files.createFile(folder.resolve("a file"));
    FeatureCache broken = new FeatureCache(file.resolve("below"), log::add);
    RealSamples found = RealSamples.of(data(1), thirds("thirds 1"), 7, 5, broken);
    same(RealSamples.of(data(1), thirds("thirds 1"), 7, 5), found);
    assertTrue(log.stream().anyMatch(line -> line.contains("cannot keep")), log.toString());
  }
}
