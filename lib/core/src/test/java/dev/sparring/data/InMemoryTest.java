package dev.sparring.data;

import static dev.sparring.data.Opened.open;
import static dev.sparring.data.Opened.sample;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.tensor.Shape;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class InMemoryTest {
  private static final float[] PIXELS = {-1, -.5f, 0, .25f, .5f, 1, .75f, -.75f};

  @Test
  void imagesAreWhatWasGiven() {
    float[] given = PIXELS.clone();
    InMemory images = InMemory.images(given, Shape.of(1, 2, 2)).labels(0, 4);
    given[0] = 7;
    DataSet data = open(images);
    assertEquals(Shape.of(1, 2, 2), data.sampleShape());
    assertArrayEquals(new float[] {-1, -.5f, 0, .25f}, sample(data, 0));
    assertArrayEquals(new float[] {.5f, 1, .75f, -.75f}, sample(data, 1));
    assertEquals(OptionalInt.of(4), data.label(1));
    assertEquals(OptionalInt.of(5), images.classes());
    assertEquals("images(2 of (1, 2, 2), 5 classes)", images.toString());
    assertEquals("points(4 of (2))", InMemory.points(PIXELS, 2).toString());
  }

  @Test
  void samplesAreReadOnceAndInOrder() {
    float[] reused = new float[2];
    Iterator<float[]> once =
        Stream.of(1, 2, 3)
            .map(
                i -> {
                  reused[0] = i / 4f;
                  reused[1] = -i / 4f;
                  return reused;
                })
            .iterator();
    InMemory images = InMemory.images(() -> once, Shape.of(1, 1, 2));
    float[] values = {.25f, -.25f, .5f, -.5f, .75f, -.75f};
    assertEquals(InMemory.images(values, Shape.of(1, 1, 2)), images);
    double[][] rows = {{.25, -.25}, {.5, -.5}, {.75, -.75}};
    assertEquals(InMemory.points(values, 2), InMemory.points(rows));
    assertEquals(InMemory.points(values, 2), InMemory.points(List.of(rows)));
  }

  @Test
  void equalContentsAreEqualData() {
    InMemory points = InMemory.points(PIXELS, 2);
    InMemory same = InMemory.points(PIXELS, 2);
    assertEquals(points, same);
    assertEquals(points.hashCode(), same.hashCode());
    assertEquals(open(points).fingerprint(), open(same).fingerprint());
    float[] changed = PIXELS.clone();
    changed[7] = Math.nextUp(changed[7]);
    for (InMemory other :
        List.of(
            InMemory.points(changed, 2),
            InMemory.points(PIXELS, 4),
            points.labels(0, 1, 2, 3),
            points.labels(0, 1, 2, 4))) {
      assertNotEquals(points, other);
      assertNotEquals(open(points).fingerprint(), open(other).fingerprint());
    }
    assertNotEquals(
        open(points.labels(0, 1, 2, 3)).fingerprint(),
        open(points.labels(0, 1, 2, 4)).fingerprint());
  }

  @Test
  void theFirstBadValueIsNamed() {
    refused(
        "images hold values in [-1, 1], value 2 (sample 1, element 0) is 255.0",
        () -> InMemory.images(new float[] {0, 1, 255, 3}, Shape.of(1, 1, 2)));
    refused(
        "images hold values in [-1, 1], value 1 (sample 0, element 1) is NaN",
        () -> InMemory.images(new float[] {0, Float.NaN}, Shape.of(1, 1, 2)));
    refused(
        "points hold finite values, value 3 (sample 1, element 1) is Infinity",
        () -> InMemory.points(new double[][] {{0, 1}, {255, 1e39}}));
  }

  @Test
  void sizesHaveToFit() {
    refused(
        "3 numbers are no samples of shape (1, 1, 2), which hold 2 each",
        () -> InMemory.images(new float[3], Shape.of(1, 1, 2)));
    refused(
        "0 numbers are no samples of shape (2), which hold 2 each",
        () -> InMemory.points(new float[0], 2));
    refused(
        "the shape of images is (C, H, W), got (2)",
        () -> InMemory.images(new float[2], Shape.of(2)));
    refused(
        "sample 1 has 3 numbers, expected 2",
        () -> InMemory.points(new double[][] {{1, 2}, {3, 4, 5}}));
    refused("2 labels are given for 4 samples", () -> InMemory.points(PIXELS, 2).labels(1, 2));
    refused(
        "the label of sample 3 must be >= 0, got -1",
        () -> InMemory.points(PIXELS, 2).labels(1, 2, 3, -1));
  }

  private static void refused(String message, Executable making) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, making).getMessage());
  }
}
