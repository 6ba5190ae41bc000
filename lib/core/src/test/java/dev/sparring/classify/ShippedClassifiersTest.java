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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files themselves; engines read them in the conformance suite. */
class ShippedClassifiersTest {
  private static final String DIGITS = "DIGITSFILE";
  private static final String FASHION = "FASHIONFILE";

  /** Published figures depend on these bits. */
  @Test
  void theyAreWhatTheyWere(@TempDir Path dir) throws IOException {
    assertEquals(
        "d12165f4d2357ef32cbb483da5a36040bfb1a85f29a1de1877cb0166c1e8a53b",
        weights(tensors(dir, DIGITS), "0.9888268156424581"));
    assertEquals(
        "8d18ba8b11b6bc6c4f263132fb8121f70713fedc268652f70886eab87a327e94",
        weights(tensors(dir, FASHION), "FASHIONACC"));
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

  private static DataSet other() {
    return DataSets.of(Shape.of(1, 8, 8), new float[640], new int[10]);
  }

  /** No file is left that no data set finds. */
  @Test
  void thePageNamesThem() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ShippedClassifiers.class.getResourceAsStream("shipped.md"))) {
      String page = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      for (String name : List.of(DIGITS, FASHION)) {
        assertTrue(page.contains("`" + name + "`"), name);
        assertTrue(ShippedClassifiers.has(name), name);
      }
    }
  }
}
