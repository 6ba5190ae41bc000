package dev.sparring.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectionTest {
  @Test
  void figuresOfMetricsHaveOneWithOrWithoutAnExtractor() {
    assertEquals(Optional.of(Direction.LOWER), Direction.of("frechet_distance.pixels"));
    assertEquals(Optional.of(Direction.HIGHER), Direction.of("modes_hit"));
    assertEquals(Optional.empty(), Direction.of("loss_d"));
    assertEquals(Optional.empty(), Direction.of("kernel_distance_std.pixels"));
  }

  @Test
  void whatIsBetterIsItsDirection() {
    assertTrue(Direction.LOWER.isBetter(1, 2));
    assertTrue(Direction.HIGHER.isBetter(2, 1));
    assertFalse(Direction.LOWER.isBetter(1, 1));
    assertFalse(Direction.LOWER.isBetter(Double.NaN, 1));
  }
}
