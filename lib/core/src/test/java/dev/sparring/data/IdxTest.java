package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  @TempDir Path folder;

  /** Two images of 2 rows and 3 columns: 0 51 102, 153 204 255, then 1 to 6. */
  private static final byte[] IMAGES =
      idx(0x803, new int[] {2, 2, 3}, 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6);

  private static final byte[] LABELS = idx(0x801, new int[] {2}, 9, 200);

  static byte[] idx(int magic, int[] dims, int... values) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dims.length + values.length);
    file.putInt(magic);
    Arrays.stream(dims).forEach(file::putInt);
    Arrays.stream(values).forEach(v -> file.put((byte) v));
    return file.array();
  }

  static byte[] gzip(byte[] contents) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(contents);
    }
    return packed.toByteArray();
  }

  private String file(String name, byte[] contents) throws IOException {
    return Files.write(folder.resolve(name), contents).toString();
  }

  private static DataSet open(Data data) {
    return data.open(new Seed(1), line -> {});
  }

  @Test
  void readsImagesAndLabels() throws IOException {
    Idx idx = Idx.idx(file("i", IMAGES)).labels(file("l", LABELS));
    DataSet data = open(idx);
    assertEquals(Shape.of(1, 2, 3), idx.sampleShape());
    assertEquals(Shape.of(1, 2, 3), data.sampleShape());
    assertEquals(2, data.size());
    float[] pixels = new float[6];
    data.read(0, pixels, 0);
    assertArrayEquals(new float[] {-1, -.6f, -.2f, .2f, .6f, 1}, pixels, 1e-6f);
    data.read(1, pixels, 0);
    assertEquals((float) (6 / 127.5 - 1), pixels[5]);
    assertEquals(9, data.label(0).getAsInt());
    assertEquals(200, data.label(1).getAsInt());
  }

  @Test
  void packedAndPlainFilesAreTheSameData() throws IOException {
    String plain = open(Idx.idx(file("i", IMAGES))).fingerprint();
    Idx packed = Idx.idx(file("i.gz", gzip(IMAGES)));
    assertEquals(plain, open(packed).fingerprint());
    assertEquals(Shape.of(1, 2, 3), packed.sampleShape());
    assertTrue(open(packed).label(0).isEmpty());
    assertNotEquals(
        plain, open(packed.labels(file("l", LABELS))).fingerprint(), "labels are data too");
    byte[] changed = IMAGES.clone();
    changed[changed.length - 1]++;
    assertNotEquals(plain, open(Idx.idx(file("c", changed))).fingerprint());
  }

  private void refused(String problem, byte[] contents) throws IOException {
    String name = file("x", contents);
    assertEquals(
        name + ": " + problem,
        assertThrows(DataException.class, () -> open(Idx.idx(name))).getMessage());
  }

  @Test
  void damageIsNamed() throws IOException {
    refused("truncated: ends within the header", new byte[] {0, 0, 8});
    refused("truncated: ends within the header", Arrays.copyOf(IMAGES, 13));
    refused("truncated: ends after 1 of 2 images", Arrays.copyOf(IMAGES, 27));
    refused("goes on after the 2 images of its header", Arrays.copyOf(IMAGES, 29));
    refused(
        "not an IDX file: starts with 0x89504E47, expected 0x00000803",
        new byte[] {(byte) 0x89, 'P', 'N', 'G', 0});
    refused("holds floats, expected unsigned bytes", idx(0xD03, new int[] {1, 1, 1}, 0));
    refused("holds type 0x07, expected unsigned bytes", idx(0x703, new int[] {1, 1, 1}, 0));
    refused("has 1 dimensions, expected 3 (images, rows, columns)", LABELS);
    refused("dimension 0 is 0, which cannot be right", idx(0x803, new int[] {0, 1, 1}));
    refused("dimension 2 is 65536, which cannot be right", idx(0x803, new int[] {1, 65536, 65536}));
    refused("dimension 0 is 4294967295, which cannot be right", idx(0x803, new int[] {-1, 1, 1}));
    byte[] packed = gzip(IMAGES);
    refused("truncated: the gzip stream does not end", Arrays.copyOf(packed, packed.length - 9));
  }

  @Test
  void aDamagedCountAsksForNoMemory() throws IOException {
    refused(
        "truncated: ends after 1 of 2147483647 images",
        idx(0x803, new int[] {Integer.MAX_VALUE, 1, 1}, 5));
    refused("truncated: ends after 0 of 1 images", idx(0x803, new int[] {1, 1, 2_000_000_000}, 5));
  }

  @Test
  void missingFilesAndOtherCountsAreNamed() throws IOException {
    Path none = folder.resolve("none");
    assertEquals(
        none + ": no such file",
        assertThrows(DataException.class, () -> Idx.idx(none.toString()).sampleShape())
            .getMessage());
    String images = file("i", IMAGES);
    String labels = file("l", idx(0x801, new int[] {3}, 1, 2, 3));
    assertEquals(
        labels + ": has 3 labels, expected one for each of the 2 images in " + images,
        assertThrows(DataException.class, () -> open(new Idx(images, labels))).getMessage());
    assertEquals(
        images + ": has 3 dimensions, expected 1 (labels)",
        assertThrows(DataException.class, () -> open(new Idx(images, images))).getMessage());
  }
}
