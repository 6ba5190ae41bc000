package dev.sparring.extract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTest {
  /** See src/test/golden/preprocessing.py. */
  @Test
  void goldenValues() throws IOException {
    try (InputStream in = PreprocessingTest.class.getResourceAsStream("preprocessing.json")) {
      List<?> cases = (List<?>) JSON.std.mapFrom(in).get("cases");
      assertEquals(11, cases.size());
      for (Object one : cases) {
        Map<?, ?> c = (Map<?, ?>) one;
        Preprocessing preprocessing = Preprocessing.named((String) c.get("preprocessing"));
        Shape shape = shape(c.get("shape"));
        Shape output = preprocessing.output(shape);
        assertEquals(shape(c.get("output")), output);
        float[] samples = floats(c.get("samples"));
        float[] all = preprocessing.apply(samples, 0, 2, shape);
        int stride = ((Number) c.get("stride")).intValue();
        float[] values = floats(c.get("values"));
        assertEquals(2 * output.elements(), all.length);
        assertEquals((all.length + stride - 1) / stride, values.length);
        // Single precision, of bytes or of numbers of size 1.
        float tolerance = c.get("preprocessing").toString().startsWith("bytes") ? 5e-5f : 2e-6f;
        for (int i = 0; i < values.length; i++) {
          assertEquals(values[i], all[i * stride], tolerance, c.get("preprocessing") + " " + i);
        }
        float[] second = preprocessing.apply(samples, 1, 1, shape);
        assertArrayEquals(java.util.Arrays.copyOfRange(all, output.elements(), all.length), second);
      }
    }
  }

  private static Shape shape(Object list) {
    return new Shape(((List<?>) list).stream().map(n -> ((Number) n).intValue()).toList());
  }

  private static float[] floats(Object list) {
    List<?> numbers = (List<?>) list;
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((Number) numbers.get(i)).floatValue();
    }
    return values;
  }

  @Property
  void aByteOfAnImageFileComesBack(@ForAll @IntRange(max = 255) int v) {
    float read = (float) (v / 127.5 - 1); // as data sets do
    assertArrayEquals(
        new float[] {v, v, v},
        Preprocessing.named("bytes").apply(new float[] {read}, 0, 1, Shape.of(1, 1, 1)));
  }

  @ParameterizedTest
  @CsvSource({"0, 128", "-0.001, 127", "-1.3, 0", "1.2, 255", "0.9961, 255", "0.996, 254"})
  void bytesAreRoundedToTheNearestAndClipped(float x, float v) {
    assertEquals(
        v, Preprocessing.named("bytes").apply(new float[] {x}, 0, 1, Shape.of(1, 1, 1))[0]);
  }

  @Test
  void thePresetsAreThoseOfThePapersAndPeers() {
    assertEquals(
        List.of(
            "inception2015: bytes 0 to 255 (floor(255 u + 0.5) of u = (x + 1) / 2, clipped), 3"
                + " channels, 299 x 299 by TensorFlow 1's bilinear rule (corners not aligned, no"
                + " half-pixel centers), (x - 128) / 128",
            "bytes: bytes 0 to 255 (floor(255 u + 0.5) of u = (x + 1) / 2, clipped), 3 channels",
            "unit: [0, 1]",
            "signed: [-1, 1]",
            "imagenet: [0, 1], 3 channels, (x - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)",
            "dinov2: bytes 0 to 255 (floor(255 u + 0.5) of u = (x + 1) / 2, clipped), 3 channels,"
                + " 224 x 224 by TensorFlow 1's bilinear rule (corners not aligned, no half-pixel"
                + " centers), (x - (123.675, 116.28, 103.53)) / (58.395, 57.12, 57.375)"),
        Preprocessing.presets().stream().map(Preprocessing::description).toList());
    assertEquals(
        "unit@64: [0, 1], 64 x 64 by TensorFlow 1's bilinear rule (corners not aligned, no"
            + " half-pixel centers)",
        Preprocessing.named("unit@64").description());
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertMessage(
        "no preprocessing 'raw'; there is inception2015, bytes, unit, signed, imagenet, dinov2, and"
            + " with a size e.g. unit@64",
        () -> Preprocessing.named("raw"));
    assertMessage(
        "preprocessing 'unit@0': the size must be 1 to 9999, got '0'",
        () -> Preprocessing.named("unit@0"));
    assertMessage(
        "preprocessing 'inception2015' has its own size, 299",
        () -> Preprocessing.named("inception2015@128"));
    assertMessage(
        "preprocessing 'unit' takes images (C, H, W), got samples of shape (2)",
        () -> Preprocessing.named("unit").output(Shape.of(2)));
    assertMessage(
        "preprocessing 'bytes' makes 3 channels of 1 or 3, got samples of shape (4, 8, 8)",
        () -> Preprocessing.named("bytes").apply(new float[256], 0, 1, Shape.of(4, 8, 8)));
    assertMessage(
        "there must be as many means as divisors, got [1.0] and []",
        () -> custom(OptionalInt.of(3), List.of(1f), List.of()));
    assertMessage(
        "there must be one mean or one a channel, got 2 without as many channels",
        () -> custom(OptionalInt.of(3), List.of(1f, 2f), List.of(1f, 2f)));
    assertMessage(
        "a divisor must not be 0, got [0.0]",
        () -> custom(OptionalInt.empty(), List.of(1f), List.of(0f)));
    assertMessage(
        "channels must be at least 1, got 0",
        () -> custom(OptionalInt.of(0), List.of(), List.of()));
  }

  private static Preprocessing custom(OptionalInt channels, List<Float> mean, List<Float> divisor) {
    return new Preprocessing(
        "custom", Preprocessing.Range.UNIT, channels, OptionalInt.empty(), mean, divisor);
  }

  private static void assertMessage(String expected, Executable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
