package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.eval.Extractors;
import dev.sparring.extract.Extractor;
import dev.sparring.extract.Preprocessing;
import dev.sparring.metric.Features;
import dev.sparring.tensor.Shape;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Tests of extractors from files: the features of PyTorch for the same samples, in {@code
 * extractors.json} beside a test class, with the files that it names.
 */
public abstract class ExtractorConformance {
  /** Single precision, other orders of summation. */
  private static final double TOLERANCE = 3e-6;

  private final Class<?> test;
  private final int cases;

  /**
   * Conformance of the cases beside a test.
   *
   * @param cases how many there are
   */
  protected ExtractorConformance(Class<?> test, int cases) {
    this.test = test;
    this.cases = cases;
  }

  /** The features, their order and shape. */
  @Test
  public void featuresAreThoseOfPyTorch() {
    Golden golden = Golden.beside(test, "extractors.json");
    assertEquals(cases, golden.cases().size());
    for (Golden c : golden.cases()) {
      Values samples = c.tensor("samples");
      Values expected = c.tensor("features");
      try (Extractor extractor = open(c)) {
        extractor.check(samples.shape().sample());
        Features features = extractor.features(floats(samples), samples.shape().sample());
        assertEquals(expected.shape(), Shape.of(features.rows(), features.columns()), c + "");
        for (int i = 0; i < expected.data().length; i++) {
          double actual = features.get(i / features.columns(), i % features.columns());
          assertEquals(expected.data()[i], actual, TOLERANCE, c + " " + i);
        }
      }
    }
  }

  /** Equal bits from an extractor that ran before and from a new one. */
  @Test
  public void featuresAreTheSameAgain() {
    for (Golden c : Golden.beside(test, "extractors.json").cases()) {
      Values samples = c.tensor("samples");
      Shape sample = samples.shape().sample();
      try (Extractor one = open(c);
          Extractor other = open(c)) {
        Features first = one.features(floats(samples), sample);
        for (int repeat = 0; repeat < 4; repeat++) {
          assertSame(first, one.features(floats(samples), sample), c);
        }
        assertSame(first, other.features(floats(samples), sample), c);
        assertEquals(one.id(), other.id());
      }
    }
  }

  /** Conditions and identity name the file that was read, and the preprocessing. */
  @Test
  public void conditionsTellAll() {
    for (Golden c : Golden.beside(test, "extractors.json").cases()) {
      try (Extractor extractor = open(c)) {
        String preprocessing = Preprocessing.named(c.text("preprocessing")).description();
        String conditions = extractor.conditions();
        assertTrue(conditions.startsWith(c.text("file") + " (SHA-256 "), conditions);
        assertTrue(conditions.endsWith("; preprocessing " + preprocessing), conditions);
        assertEquals(1, conditions.lines().count(), conditions);
        assertTrue(extractor.id().endsWith(":" + preprocessing), extractor.id());
        assertEquals(c.text("file"), extractor.name() + ending(c.text("file")));
      }
    }
  }

  private Extractor open(Golden c) {
    return Extractors.open(
        file(c.text("file")),
        Preprocessing.named(c.text("preprocessing")),
        c.has("output") ? Optional.of(c.text("output")) : Optional.empty());
  }

  private Path file(String name) {
    URL url = test.getResource(name);
    if (url == null) {
      throw new IllegalArgumentException("no file '" + name + "' beside " + test);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(url.toString(), e);
    }
  }

  private static String ending(String file) {
    return file.substring(file.lastIndexOf('.'));
  }

  private static float[] floats(Values values) {
    float[] floats = new float[values.data().length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values.data()[i];
    }
    return floats;
  }

  private static void assertSame(Features expected, Features actual, Golden c) {
    assertEquals(expected.rows(), actual.rows());
    assertEquals(expected.columns(), actual.columns());
    for (int row = 0; row < expected.rows(); row++) {
      for (int column = 0; column < expected.columns(); column++) {
        assertEquals(expected.get(row, column), actual.get(row, column), c + "");
      }
    }
  }
}
