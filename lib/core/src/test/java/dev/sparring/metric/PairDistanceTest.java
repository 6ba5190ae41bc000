package dev.sparring.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PairDistanceTest {
  @Test
  void meansOverAllElements() {
    PairDistance found =
        PairDistance.between(new float[] {1, 0, -1, 0.5f}, new float[] {0, 0, 1, 0.25f}, 2);
    assertEquals(Map.of("pair_l1", 3.25 / 4, "pair_l2", 5.0625 / 4), found.figures());
    assertEquals("2 pairs", found.conditions());
  }

  @Test
  void sizesHaveToFit() {
    assertEquals(
        "pair distance: 2 samples of equal size are needed on both sides, got 4 and 3 numbers",
        refusal(new float[4], new float[3]));
    assertEquals(
        "pair distance: a sample is not finite", refusal(new float[] {Float.NaN, 0}, new float[2]));
  }

  private static String refusal(float[] made, float[] targets) {
    return assertThrows(
            IllegalArgumentException.class, () -> PairDistance.between(made, targets, 2))
        .getMessage();
  }
}
