package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairsTest {
  @TempDir Path folder;

  /** Grey images; all rows have the same brightnesses. */
  private void save(String name, int height, int... row) throws IOException {
    BufferedImage image = new BufferedImage(row.length, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < row.length; x++) {
        image.setRGB(x, y, row[x] * 0x010101);
      }
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }

  private ImageFolder images(String name, int size) {
    return ImageFolder.imageFolder(folder.resolve(name).toString(), size).channels(1);
  }

  private static DataSet open(Data data) {
    return data.open(new Seed(1), line -> {});
  }

  private static float[] read(DataSet data, int index) {
    float[] values = new float[data.sampleShape().elements()];
    data.read(index, values, 0);
    return values;
  }

  private static float[] source(DataSet data, int index) {
    return read(data.sources().orElseThrow(), index);
  }

  private static String failure(Data data) {
    return assertThrows(DataException.class, () -> open(data)).getMessage();
  }

  @Test
  void filesOfOnePathBelongTogether() throws IOException {
    save("drawings/a.png", 1, 0);
    save("drawings/sub/b.png", 1, 255);
    save("photos/a.png", 1, 51);
    save("photos/sub/b.png", 1, 102);
    Pairs pairs = Pairs.pairs(images("drawings", 1), images("photos", 1));
    assertEquals(Shape.of(1, 1, 1), pairs.sampleShape());
    assertEquals(Optional.of(Shape.of(1, 1, 1)), pairs.sourceShape());
    assertTrue(pairs.isPaired());
    DataSet data = open(pairs);
    assertEquals(2, data.size());
    assertTrue(data.isPaired());
    assertArrayEquals(new float[] {(float) (102 / 127.5 - 1)}, read(data, 1));
    assertArrayEquals(new float[] {1}, source(data, 1));
    assertArrayEquals(new float[] {-1}, source(data, 0));
  }

  @Test
  void aFileWithoutItsOtherHalfIsNamed() throws IOException {
    save("drawings/a.png", 1, 0);
    save("drawings/c.png", 1, 0);
    save("photos/a.png", 1, 0);
    save("photos/b.png", 1, 0);
    save("photos/c.png", 1, 0);
    assertEquals(
        "b.png: there is no source of that name",
        failure(Pairs.pairs(images("drawings", 1), images("photos", 1))));
    assertEquals(
        "b.png: there is no sample of that name",
        failure(Pairs.pairs(images("photos", 1), images("drawings", 1))));
  }

  /** Each folder sorts its files by their whole names, extensions included. */
  @Test
  void filesOfMixedKindsBelongTogether() throws IOException {
    save("drawings/a.png", 1, 0);
    save("drawings/a.k.png", 1, 255);
    Files.move(folder.resolve("drawings/a.png"), folder.resolve("drawings/a.PNG"));
    save("photos/a.png", 1, 51);
    save("photos/a.k.png", 1, 102);
    DataSet data = open(Pairs.pairs(images("drawings", 1), images("photos", 1)));
    for (int i = 0; i < 2; i++) {
      boolean plain = data.name(i).equals("a.png");
      assertArrayEquals(bytes(plain ? 51 : 102), read(data, i));
      assertArrayEquals(bytes(plain ? 0 : 255), source(data, i));
    }
  }

  @Test
  void twoFilesOfOneNameAreRefused() throws IOException {
    save("drawings/a.png", 1, 0);
    save("drawings/b.k.png", 1, 0);
    save("photos/a.png", 1, 0);
    save("photos/b.k.png", 1, 0);
    Files.copy(folder.resolve("drawings/b.k.png"), folder.resolve("drawings/b.k.jpg"));
    assertEquals(
        "b.k.jpg and b.k.png: two sources of one name, expected one for each sample",
        failure(Pairs.pairs(images("drawings", 1), images("photos", 1))));
    assertEquals(
        "b.k.jpg and b.k.png: two samples of one name, expected one for each source",
        failure(Pairs.pairs(images("photos", 1), images("drawings", 1))));
  }

  @Test
  void aBrokenHalfTakesItsPairAlong() throws IOException {
    for (String name : new String[] {"a", "b", "c", "d"}) {
      save("drawings/" + name + ".png", 1, name.charAt(0));
      save("photos/" + name + ".png", 1, name.charAt(0) + 100);
    }
    Files.write(folder.resolve("drawings/b.png"), new byte[] {1});
    Files.write(folder.resolve("photos/c.png"), new byte[] {1});
    List<String> log = new ArrayList<>();
    Pairs pairs =
        Pairs.pairs(
            images("drawings", 1).onBroken(BrokenImages.SKIP),
            images("photos", 1).onBroken(BrokenImages.SKIP));
    DataSet data = pairs.open(new Seed(1), log::add);
    assertEquals(2, data.size());
    assertArrayEquals(bytes('a' + 100), read(data, 0));
    assertArrayEquals(bytes('d' + 100), read(data, 1));
    assertArrayEquals(bytes('a'), source(data, 0));
    assertArrayEquals(bytes('d'), source(data, 1));
    assertEquals("d.png", data.name(1));
    assertEquals(
        List.of(
            "skipped the sample b.png: its source is broken",
            "skipped the source c.png: its sample is broken"),
        log.subList(2, 4));

    save("photos/e.png", 1, 0);
    assertEquals("e.png: there is no source of that name", failure(pairs));
    Files.write(folder.resolve("photos/e.png"), new byte[] {1});
    assertEquals(2, open(pairs).size(), "a broken file without a partner is broken all the same");
  }

  @Test
  void whereEveryPairHasABrokenHalf() throws IOException {
    save("drawings/a.png", 1, 0);
    save("drawings/b.png", 1, 0);
    save("photos/a.png", 1, 0);
    save("photos/b.png", 1, 0);
    Files.write(folder.resolve("drawings/b.png"), new byte[] {1});
    Files.write(folder.resolve("photos/a.png"), new byte[] {1});
    assertEquals(
        "each pair has a broken half, the first is b.png",
        failure(
            Pairs.pairs(
                images("drawings", 1).onBroken(BrokenImages.SKIP),
                images("photos", 1).onBroken(BrokenImages.SKIP))));
  }

  @Test
  void halvesThatAreNoSquaresAreSaid() throws IOException {
    save("a.png", 2, 10, 20, 200, 210);
    save("b.png", 2, 10, 20, 200, 210, 220, 230);
    List<String> log = new ArrayList<>();
    SideBySide.sideBySide(folder.toString(), 2).channels(1).open(new Seed(1), log::add);
    assertEquals(
        List.of(
            folder
                + ": 1 images, e.g. b.png, are not twice as wide as high, so that their halves are"
                + " no squares and are cropped"),
        log);
  }

  @Test
  void unmatchedSetsMayDifferInSize() throws IOException {
    save("horses/a.png", 1, 0);
    save("zebras/b.png", 1, 0);
    save("zebras/c.png", 1, 0);
    Pairs pairs = Pairs.pairs(images("horses", 1), images("zebras", 1)).matched(false);
    assertFalse(pairs.isPaired());
    DataSet data = open(pairs);
    assertEquals(2, data.size());
    assertEquals(1, data.sources().orElseThrow().size());
    assertFalse(data.isPaired());
  }

  @Test
  void theSourceIsOnItsSide() throws IOException {
    save("a.png", 2, 10, 20, 200, 210);
    SideBySide data = SideBySide.sideBySide(folder.toString(), 2).channels(1);
    DataSet left = open(data);
    assertArrayEquals(bytes(10, 20, 10, 20), source(left, 0));
    assertArrayEquals(bytes(200, 210, 200, 210), read(left, 0));
    DataSet right = open(data.source(Side.RIGHT));
    assertArrayEquals(bytes(200, 210, 200, 210), source(right, 0));
    assertArrayEquals(bytes(10, 20, 10, 20), read(right, 0));
    assertNotEquals(left.fingerprint(), right.fingerprint());
  }

  /** The column in the middle of an odd width is in neither half. */
  @Test
  void halvesOfOddWidth() throws IOException {
    save("a.png", 2, 10, 20, 99, 200, 210);
    DataSet data = open(SideBySide.sideBySide(folder.toString(), 2).channels(1));
    assertArrayEquals(bytes(10, 20, 10, 20), source(data, 0));
    assertArrayEquals(bytes(200, 210, 200, 210), read(data, 0));
  }

  private static float[] bytes(int... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) (values[i] / 127.5 - 1);
    }
    return floats;
  }

  /** Black and white halves: a gradient of 1 between them, of 0 elsewhere. */
  @Test
  void edgesAreDrawnBlackOnWhite() throws IOException {
    save("a.png", 3, 0, 0, 255, 255);
    save("a.png", 4, 0, 0, 255, 255);
    DataSet data = open(Edges.edges(images("", 4)));
    float[] row = {1, -1, -1, 1};
    for (int y = 0; y < 4; y++) {
      float[] drawn = new float[4];
      System.arraycopy(source(data, 0), 4 * y, drawn, 0, 4);
      assertArrayEquals(row, drawn);
    }
    assertEquals(Shape.of(1, 4, 4), data.sources().orElseThrow().sampleShape());
  }

  /** Sobel's kernels by hand: a single bright pixel, whose own gradient is 0. */
  @Test
  void theThresholdIsThatOfTheGradient() throws IOException {
    BufferedImage image = new BufferedImage(5, 5, BufferedImage.TYPE_INT_RGB);
    image.setRGB(2, 2, 0xFFFFFF);
    Files.createDirectories(folder);
    assertTrue(ImageIO.write(image, "png", folder.resolve("dot.png").toFile()));
    // Beside it 2 * 2 / 8 = 0.5, at its corners sqrt(2) * 2 / 8 = 0.354.
    float[] all = {
      1, 1, 1, 1, 1,
      1, -1, -1, -1, 1,
      1, -1, 1, -1, 1,
      1, -1, -1, -1, 1,
      1, 1, 1, 1, 1
    };
    assertArrayEquals(all, source(open(Edges.edges(images("", 5)).threshold(0.35)), 0));
    float[] sides = all.clone();
    for (int corner : new int[] {6, 8, 16, 18}) {
      sides[corner] = 1;
    }
    assertArrayEquals(sides, source(open(Edges.edges(images("", 5)).threshold(0.36)), 0));
    float[] none = new float[25];
    Arrays.fill(none, 1);
    assertArrayEquals(none, source(open(Edges.edges(images("", 5)).threshold(0.5)), 0));
  }

  @Test
  void edgesOfColourAreThoseOfItsMean() {
    assertEquals(
        Optional.of(Shape.of(1, 32, 32)), Edges.edges(Cifar10.cifar10("none")).sourceShape());
    assertEquals(OptionalInt.of(10), Edges.edges(Digits.digits()).classes());
    assertEquals(
        "edges are drawn of images (C, H, W), got samples of (2)",
        assertThrows(DataException.class, () -> Edges.edges(Ring.ring()).sourceShape())
            .getMessage());
  }

  /**
   * Each reading is one of the crops or its mirror image; source and sample of a pair get the same.
   */
  @Test
  void jitterChangesSourcesLikeSamples() throws IOException {
    save("drawings/a.png", 3, 1, 2, 3);
    save("photos/a.png", 3, 101, 102, 103);
    Data pairs = Pairs.pairs(images("drawings", 3), images("photos", 3));
    DataSet data = open(Jittered.jittered(pairs, 2));
    assertEquals(Shape.of(1, 2, 2), data.sampleShape());
    assertTrue(data.varies());
    Seed seed = new Seed(3);
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      float[] sample = new float[4];
      float[] source = new float[4];
      data.read(0, seed.stream("reading", i), sample, 0);
      data.sources().orElseThrow().read(0, seed.stream("reading", i), source, 0);
      for (int k = 0; k < 4; k++) {
        assertEquals(100 / 127.5f, sample[k] - source[k], 1e-5f);
      }
      seen.add(Math.round((source[0] + 1) * 127.5f) + " " + Math.round((source[1] + 1) * 127.5f));
    }
    assertEquals(Set.of("1 2", "2 1", "2 3", "3 2"), seen);
  }

  /** Sources that sort in another order than their samples are changed like them all the same. */
  @Test
  void jitterChangesSourcesInAnotherOrder() throws IOException {
    save("drawings/a.png", 3, 1, 2, 3);
    save("drawings/a.k.png", 3, 11, 12, 13);
    Files.move(folder.resolve("drawings/a.png"), folder.resolve("drawings/a.PNG"));
    save("photos/a.png", 3, 101, 102, 103);
    save("photos/a.k.png", 3, 111, 112, 113);
    DataSet data =
        open(
            Pairs.pairs(
                Jittered.jittered(images("drawings", 3), 2),
                Jittered.jittered(images("photos", 3), 2)));
    Seed seed = new Seed(3);
    for (int i = 0; i < 100; i++) {
      float[] sample = new float[4];
      float[] source = new float[4];
      data.read(i % 2, seed.stream("reading", i), sample, 0);
      data.sources().orElseThrow().read(i % 2, seed.stream("reading", i), source, 0);
      for (int k = 0; k < 4; k++) {
        assertEquals(100 / 127.5f, sample[k] - source[k], 1e-5f);
      }
    }
  }

  @Test
  void elsewhereTheMiddleIsShown() throws IOException {
    save("a.png", 4, 1, 2, 3, 4);
    DataSet data = open(Jittered.jittered(images("", 4), 2).flip(false));
    assertArrayEquals(bytes(2, 3, 2, 3), read(data, 0));
    assertEquals(
        "jittered images of 5 x 5 are parts of larger ones, got (1, 4, 4)",
        assertThrows(DataException.class, () -> Jittered.jittered(images("", 4), 5).sampleShape())
            .getMessage());
  }

  /**
   * A batch reads a sample and its source with the same random numbers, and other samples with
   * others.
   */
  @Test
  void batchesGiveEachReadingItsNumbers() throws IOException {
    save("drawings/a.png", 3, 1, 2, 3);
    save("photos/a.png", 3, 101, 102, 103);
    Data pairs = Pairs.pairs(images("drawings", 3), images("photos", 3));
    Batches batches = new Batches(open(Jittered.jittered(pairs, 2)), new Seed(5), 8);
    float[] samples = batches.batch(2);
    float[] sources = batches.sources(2);
    Set<Float> first = new TreeSet<>();
    for (int i = 0; i < samples.length; i++) {
      assertEquals(100 / 127.5f, samples[i] - sources[i], 1e-5f);
      first.add(samples[i - i % 4]);
    }
    assertTrue(first.size() > 1);
    assertArrayEquals(samples, batches.batch(2));
  }
}
