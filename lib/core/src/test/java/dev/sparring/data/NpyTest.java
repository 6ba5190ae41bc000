package dev.sparring.data;

import static dev.sparring.data.Opened.open;
import static dev.sparring.data.Opened.sample;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that NumPy has written (npy.py), and damaged ones. */
class NpyTest {
  @TempDir Path folder;

  private static String golden(String name) {
    try {
      URL url = NpyTest.class.getResource("npy/" + name);
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void floatsOfImagesAreTakenAsTheyAre() {
    DataSet data = open(Npy.npy(golden("images-f4.npy")));
    assertEquals(Shape.of(2, 3, 4), data.sampleShape());
    assertEquals(2, data.size());
    for (int i = 0; i < 48; i++) {
      assertEquals(i * 37 % 101 / 64f - 0.75f, sample(data, i / 24)[i % 24]);
    }
    assertTrue(data.label(0).isEmpty());
  }

  @Test
  void doublesArePoints() {
    DataSet data = open(Npy.npy(golden("points-f8.npy")));
    assertEquals(Shape.of(2), data.sampleShape());
    assertEquals(3, data.size());
    assertArrayEquals(new float[] {3e-5f, 4e6f}, sample(data, 1));
    Npy labelled = Npy.npy(golden("points-f8.npy")).labels(golden("labels-u1.npy"));
    assertEquals(OptionalInt.of(201), labelled.classes());
    assertEquals(OptionalInt.of(200), open(labelled).label(2));
  }

  @Test
  void bytesAreImagesAndChannelsComeFirst() {
    Npy npy =
        Npy.npy(golden("hwc-u1.npy")).layout(Layout.CHANNELS_LAST).labels(golden("labels-i8.npy"));
    DataSet data = open(npy);
    assertEquals(Shape.of(3, 2, 4), data.sampleShape());
    assertEquals(OptionalInt.of(4), npy.classes());
    assertEquals(OptionalInt.of(3), data.label(0));
    for (int n = 0; n < 2; n++) {
      float[] image = sample(data, n);
      for (int c = 0; c < 3; c++) {
        for (int h = 0; h < 2; h++) {
          for (int w = 0; w < 4; w++) {
            int v = n * 100 + h * 50 + w * 11 + c * 4;
            assertEquals((float) (v / 127.5 - 1), image[(c * 2 + h) * 4 + w]);
          }
        }
      }
    }
    assertEquals(Shape.of(2, 4, 3), Npy.npy(golden("hwc-u1.npy")).sampleShape());
    assertEquals(
        data.fingerprint(),
        open(npy.range(ValueRange.range(0, 255))).fingerprint(),
        "which is how bytes are read anyway");
  }

  @Test
  void aRangeIsMapped() {
    Npy npy = Npy.npy(golden("hwc-u1.npy")).range(ValueRange.range(-50, 350));
    // 100 + 50 + 2 * 11 + 4 at [1, 1, 2, 1].
    assertEquals((176 + 50) / 200f - 1, sample(open(npy), 1)[(4 + 2) * 3 + 1], 1e-6f);
    assertEquals(
        golden("hwc-u1.npy")
            + ": the value at [0, 1, 3, 0] is 83.0, which is outside the range from 0.0 to 82.0",
        failure(npy.range(ValueRange.range(0, 82))));
    assertEquals(
        golden("points-f8.npy")
            + ": the value at [1, 1] is 4000000.0, which is outside the range from -3.0 to 9.0",
        failure(Npy.npy(golden("points-f8.npy")).range(ValueRange.range(-3, 9))));
  }

  @Test
  void aFolderHasASampleAFile() {
    DataSet data = open(Npy.npy(golden("folder")));
    assertEquals(Shape.of(1, 1, 3), data.sampleShape());
    assertArrayEquals(new float[] {.125f, .25f, .375f}, sample(data, 0));
    assertArrayEquals(new float[] {.5f, .625f, .75f}, sample(data, 1));
    assertEquals("b.npy", data.name(1));
    assertEquals(
        3, Npy.npy(golden("folder")).labels(golden("labels-i8.npy")).classes().getAsInt() - 1);
  }

  @Test
  void aChangedByteIsOtherData() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(golden("images-f4.npy")));
    String print = open(Npy.npy(golden("images-f4.npy"))).fingerprint();
    assertEquals(print, open(Npy.npy(file(bytes))).fingerprint());
    bytes[bytes.length - 4]++;
    assertNotEquals(print, open(Npy.npy(file(bytes))).fingerprint());
    assertNotEquals(
        print,
        open(Npy.npy(golden("images-f4.npy")).labels(golden("labels-i8.npy"))).fingerprint());
  }

  @Test
  void otherKindsAreNamed() {
    refused("fortran.npy", "is in Fortran order, expected C order: np.ascontiguousarray(a)");
    refused("big.npy", "is big-endian ('>f8'), expected little-endian: astype('<f8')");
    refused("ints.npy", "holds int32, expected float32, float64 or uint8");
    refused("records.npy", "holds records of several fields, expected float32, float64 or uint8");
    refused("archive.npz", "is an archive (.npz); save its arrays as .npy files");
    assertEquals(
        golden("images-f4.npy") + ": holds float32, expected whole numbers as labels",
        failure(Npy.npy(golden("points-f8.npy")).labels(golden("images-f4.npy"))));
    assertEquals(
        golden("labels-i8.npy")
            + ": has 2 labels, expected one for each of the 3 samples in "
            + golden("points-f8.npy"),
        failure(Npy.npy(golden("points-f8.npy")).labels(golden("labels-i8.npy"))));
    assertEquals(
        folder.resolve("x.npy") + ": no such file",
        failure(Npy.npy(folder.resolve("x.npy").toString())));
    assertEquals(folder + ": has no .npy file", failure(Npy.npy(folder.toString())));
  }

  @Test
  void valuesOfImagesHaveToBeInRange() throws IOException {
    String image = npy("<f4", "(1, 2, 2)", 0, 1, -1, 1.5f);
    assertEquals(
        image
            + ": the value at [0, 1, 1] is 1.5, expected values of images in [-1, 1]; range:"
            + " { from: ..., to: ... } with their smallest and largest value would map them there",
        failure(Npy.npy(image)));
    String point = npy("<f4", "(2, 2)", 0, 1.5f, Float.NaN, 1);
    assertEquals(
        point + ": the value at [1, 0] is NaN, expected a finite number", failure(Npy.npy(point)));
  }

  @Test
  void damageIsNamed() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(golden("points-f8.npy")));
    damaged("truncated: ends within the header", Arrays.copyOf(whole, 7));
    damaged("truncated: ends within the header", Arrays.copyOf(whole, 40));
    damaged(
        "truncated: has 47 bytes of values, expected 48 for float64 of shape (3, 2)",
        Arrays.copyOf(whole, whole.length - 1));
    damaged(
        "goes on after its values: has 49 bytes of values, expected 48 for float64 of shape (3, 2)",
        Arrays.copyOf(whole, whole.length + 1));
    byte[] version = whole.clone();
    version[6] = 4;
    damaged("is of version 4 of the format, expected 1, 2 or 3", version);
    damaged("not an .npy file: does not start with 0x93 and NUMPY", new byte[] {1, 2, 3});
    String none = npy("<f4", "(0, 3)");
    assertEquals(none + ": axis 0 has 0 elements, expected at least 1", failure(Npy.npy(none)));
    String many = npy("|u1", "(2147483647, 2147483647, 2147483647)");
    assertTrue(failure(Npy.npy(many)).startsWith(many + ": truncated: has 0 bytes of values"));
    String deep = npy("<f4", "(1, 1, 1, 1, 1)", 0);
    assertEquals(
        deep + ": has the shape (1, 1, 1, 1, 1), expected samples in the first of 1 to 4 axes",
        failure(Npy.npy(deep)));
  }

  @Test
  void filesOfAFolderAreAlike() throws IOException {
    Files.move(Path.of(npy("<f4", "(2,)", 1, 2)), folder.resolve("a.npy"));
    Files.move(Path.of(npy("<f4", "(3,)", 1, 2, 3)), folder.resolve("b.npy"));
    assertEquals(
        folder.resolve("b.npy")
            + ": holds float32 of shape (3), expected float32 of shape (2) as "
            + folder.resolve("a.npy")
            + " does",
        failure(Npy.npy(folder.toString())));
  }

  @Test
  void moreThanOneArrayHoldsIsRefused() {
    assertEquals(
        "a: 3000000 samples of (3, 16, 16) are more than the 2147483639 numbers that one data set"
            + " may hold",
        assertThrows(
                DataException.class,
                () -> ValueReader.checkCount("a", 3_000_000, Shape.of(3, 16, 16)))
            .getMessage());
  }

  private void refused(String name, String problem) {
    assertEquals(golden(name) + ": " + problem, failure(Npy.npy(golden(name))));
  }

  private void damaged(String problem, byte[] bytes) throws IOException {
    String file = file(bytes);
    assertEquals(file + ": " + problem, failure(Npy.npy(file)));
  }

  private static String failure(Data data) {
    return assertThrows(DataException.class, () -> data.open(new Seed(1), line -> {})).getMessage();
  }

  private String file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(folder, "a", ".bin"), bytes).toString();
  }

  private String npy(String type, String shape, float... values) throws IOException {
    byte[] header =
        ("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + "}\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length).put(header);
    for (float v : values) {
      bytes.putFloat(v);
    }
    return file(bytes.array());
  }
}
