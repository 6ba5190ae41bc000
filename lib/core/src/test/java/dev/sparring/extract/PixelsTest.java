package dev.sparring.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.metric.Features;
import dev.sparring.tensor.Shape;
import org.junit.jupiter.api.Test;

class PixelsTest {
  @Test
  void aRowASample() {
    Features features =
        new Pixels().features(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, Shape.of(1, 2, 2));
    assertEquals(2, features.rows());
    assertEquals(4, features.columns());
    assertEquals(7, features.get(1, 2));
  }

  @Test
  void imagesThatAreTooLargeAreRefused() {
    assertEquals(
        "samples of shape (3, 33, 32) have 3168 numbers; the extractor pixels takes at most 3072",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Pixels().features(new float[3168], Shape.of(3, 33, 32)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Pixels().check(Shape.of(3, 33, 32)));
  }
}
