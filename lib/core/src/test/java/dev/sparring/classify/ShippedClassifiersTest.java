package dev.sparring.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.DataSet;
import dev.sparring.data.DataSets;
import dev.sparring.data.Digits;
import dev.sparring.file.Sha256;
import dev.sparring.random.Seed;
import dev.sparring.safetensors.Safetensors;
import dev.sparring.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files themselves; engines read them in the conformance suite. */
class ShippedClassifiersTest {
  private static final String DIGITS = "cnn-1-dd660c766b3f073f635e4a86.safetensors";
  private static final String FASHION = "cnn-1-c7bf87feaf57a694578dc217.safetensors";

  /** Published figures depend on these bits. */
  @Test
  void theyAreWhatTheyWere(@TempDir Path dir) throws IOException {
    assertEquals(
        "d12165f4d2357ef32cbb483da5a36040bfb1a85f29a1de1877cb0166c1e8a53b",
        weights(tensors(dir, DIGITS), "0.9888268156424581"));
    assertEquals(
        "8d18ba8b11b6bc6c4f263132fb8121f70713fedc268652f70886eab87a327e94",
        weights(tensors(dir, FASHION), "0.9111666666666667"));
  }

  private static Safetensors tensors(Path dir, String name) throws IOException {
    Path file = dir.resolve(name);
    try (InputStream in =
        Objects.requireNonNull(ShippedClassifiers.class.getResourceAsStream(name), name)) {
      Files.copy(in, file);
    }
    return Safetensors.open(file);
  }

  /** Computed from the numbers, and the same that the facts say. */
  private static String weights(Safetensors tensors, String accuracy) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (String name : tensors.names()) {
      out.writeUTF(name);
      for (double value : tensors.doubles(name)) {
        out.writeFloat((float) value);
      }
    }
    Map<String, String> facts = tensors.metadata();
    String found = Sha256.of(bytes.toByteArray());
    assertEquals(found, facts.get("weights"));
    assertEquals(accuracy, facts.get("accuracy"));
    assertEquals("portable", facts.get("kernels"));
    assertEquals("cnn-1", facts.get("architecture"));
    return found;
  }

  /** An empty cache has those of these data sets, and of no other. */
  @Test
  void theyAreFoundByTheirData(@TempDir Path dir) {
    ClassifierCache cache =
        new ClassifierCache(dir, ClassifierArchitecture.cnn1(), new Seed(0), line -> {});
    DataSet digits = Digits.digits().open(new Seed(7), line -> {});
    assertTrue(cache.hasReference(digits));
    assertFalse(cache.hasReference(Digits.digits().size(9).open(new Seed(7), line -> {})));
    assertFalse(cache.hasReference(other()));
    assertFalse(
        new ClassifierCache(dir, ClassifierArchitecture.cnn1(), new Seed(1), line -> {})
            .hasReference(digits));
  }

  /** Without its files: what finds a classifier is the fingerprint. */
  @Test
  void fashionMnistIsFoundByItsFingerprint(@TempDir Path dir) {
    ClassifierCache cache =
        new ClassifierCache(dir, ClassifierArchitecture.cnn1(), new Seed(0), line -> {});
    String training = "1f6d2c653f451a0ae59ac3bfbe5caf8043a4cb75f7cbf877cf8a55c7cfbf71e2";
    assertTrue(cache.hasReference(new Known(training)));
    assertFalse(cache.hasReference(new Known(training.replace('1', '2'))));
  }

  /** Data of which the fingerprint is known, and nothing else is asked. */
  private record Known(String fingerprint) implements DataSet {
    @Override
    public Shape sampleShape() {
      return Shape.of(1, 28, 28);
    }

    @Override
    public int size() {
      return 60_000;
    }

    @Override
    public OptionalInt label(int index) {
      return OptionalInt.of(index % 10);
    }

    @Override
    public void read(int index, float[] target, int offset) {
      throw new IllegalStateException("no sample is read");
    }
  }

  private static DataSet other() {
    return DataSets.of(Shape.of(1, 8, 8), new float[640], new int[10]);
  }

  /** No file is left that no data set finds. */
  @Test
  void thePageNamesThem() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ShippedClassifiers.class.getResourceAsStream("shipped.md"))) {
      String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String name : List.of(DIGITS, FASHION)) {
        assertTrue(page.contains("`" + name + "`"), name);
        assertTrue(ShippedClassifiers.has(name), name);
      }
    }
  }
}
