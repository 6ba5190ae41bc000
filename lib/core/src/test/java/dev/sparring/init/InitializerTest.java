package dev.sparring.init;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Moments and bounds of each initializer; 120,000 draws, so that a mean is known to 0.3%. */
class InitializerTest {
  private static final WeightSpec WEIGHT = Draws.weight(200, 150, 2, 2);
  private static final double FAN_IN = 600;
  private static final double FAN_OUT = 800;
  private static final double NORMAL_WITHIN = 0.6827;
  private static final double UNIFORM_WITHIN = 1 / Math.sqrt(3);

  @Test
  void constantsAreConstant() {
    assertArrayEquals(new double[6], Draws.draw(Zeros.zeros(), Draws.weight(2, 3)));
    assertArrayEquals(new double[] {1, 1}, Draws.draw(Ones.ones(), Draws.weight(2, 1)));
    assertArrayEquals(
        new double[] {-0.5, -0.5}, Draws.draw(Constant.constant(-0.5), Draws.weight(2, 1)));
  }

  @Test
  void normalDefaultsToDcgan() {
    normal(Draws.draw(Normal.normal(), WEIGHT), 0, 0.02);
  }

  @Test
  void normalHasItsMoments() {
    normal(Draws.draw(Normal.normal(1, 0.5), WEIGHT), 1, 0.5);
  }

  /** The deviation after the cut is 0.87962566 of the one before; nothing is beyond two. */
  @Test
  void truncatedNormalIsCutAtTwo() {
    double[] x = Draws.draw(TruncatedNormal.truncatedNormal(), WEIGHT);
    assertEquals(0, Draws.mean(x), 2e-4);
    assertEquals(0.02 * 0.87962566, Draws.std(x), 1e-4);
    assertTrue(Draws.largest(x) <= 0.04);
    assertTrue(Draws.largest(x) > 0.0399);
    // Drawn again, not moved to the border.
    assertTrue(Arrays.stream(x).filter(v -> Math.abs(v) > 0.0399).count() < x.length / 1000);
    double[] shifted = Draws.draw(TruncatedNormal.truncatedNormal(3, 1), WEIGHT);
    assertEquals(3, Draws.mean(shifted), 0.01);
    assertTrue(Arrays.stream(shifted).allMatch(v -> v >= 1 && v <= 5));
  }

  @Test
  void uniformFillsItsInterval() {
    double[] x = Draws.draw(Uniform.uniform(-1, 3), WEIGHT);
    assertEquals(1, Draws.mean(x), 0.015);
    assertEquals(4 / Math.sqrt(12), Draws.std(x), 0.01);
    assertTrue(Arrays.stream(x).allMatch(v -> v >= -1 && v < 3));
    assertTrue(Arrays.stream(x).max().orElseThrow() > 2.999);
  }

  @Test
  void heTakesFanInAndTheGainBehind() {
    WeightSpec beforeRelu = new WeightSpec(WEIGHT.shape(), 0, WEIGHT.fans(), Math.sqrt(2));
    normal(Draws.draw(He.he(), WEIGHT), 0, 1 / Math.sqrt(FAN_IN));
    normal(Draws.draw(He.he(), beforeRelu), 0, Math.sqrt(2 / FAN_IN));
    normal(Draws.draw(He.he().fan(Fan.OUT), beforeRelu), 0, Math.sqrt(2 / FAN_OUT));
    normal(Draws.draw(He.he().gain(3), beforeRelu), 0, 3 / Math.sqrt(FAN_IN));
    uniform(
        Draws.draw(He.he().distribution(Distribution.UNIFORM), beforeRelu), Math.sqrt(6 / FAN_IN));
  }

  @Test
  void xavierTakesBothFans() {
    uniform(Draws.draw(Xavier.xavier(), WEIGHT), Math.sqrt(6 / (FAN_IN + FAN_OUT)));
    normal(
        Draws.draw(Xavier.xavier().distribution(Distribution.NORMAL).gain(2), WEIGHT),
        0,
        2 * Math.sqrt(2 / (FAN_IN + FAN_OUT)));
  }

  @Test
  void lecunTakesFanIn() {
    WeightSpec beforeRelu = new WeightSpec(WEIGHT.shape(), 0, WEIGHT.fans(), Math.sqrt(2));
    normal(Draws.draw(LeCun.lecun(), beforeRelu), 0, 1 / Math.sqrt(FAN_IN));
    uniform(
        Draws.draw(LeCun.lecun().distribution(Distribution.UNIFORM), WEIGHT),
        Math.sqrt(3 / FAN_IN));
  }

  @Test
  void equalStreamsGiveEqualWeights() {
    for (Initializer init : drawing()) {
      double[] one = init.draw(WEIGHT, new Seed(1).stream("w"));
      assertArrayEquals(one, init.draw(WEIGHT, new Seed(1).stream("w")), init.toString());
      assertFalse(Arrays.equals(one, init.draw(WEIGHT, new Seed(2).stream("w"))), init.toString());
    }
  }

  @Test
  void eachValueIsDrawn() {
    for (Initializer init : drawing()) {
      double[] x = Draws.draw(init, WEIGHT);
      assertTrue(Arrays.stream(x).distinct().count() > x.length - 3, init::toString);
    }
  }

  private static Initializer[] drawing() {
    return new Initializer[] {
      Normal.normal(),
      TruncatedNormal.truncatedNormal(),
      Uniform.uniform(0, 1),
      He.he(),
      Xavier.xavier(),
      LeCun.lecun(),
      Orthogonal.orthogonal()
    };
  }

  @Test
  void settingsAreChecked() {
    refuses("std must be > 0, got 0.0", () -> Normal.normal(0, 0));
    refuses("mean must be finite, got NaN", () -> Normal.normal(Double.NaN, 1));
    refuses("std must be > 0, got -1.0", () -> TruncatedNormal.truncatedNormal(0, -1));
    refuses("low must be < high, got 1.0 and 1.0", () -> Uniform.uniform(1, 1));
    refuses("high must be finite, got Infinity", () -> Uniform.uniform(1, 1 / 0.0));
    refuses("gain must be > 0, got 0.0", () -> He.he().gain(0));
    refuses("gain must be > 0, got -2.0", () -> Xavier.xavier().gain(-2));
    refuses("gain must be > 0, got NaN", () -> Orthogonal.orthogonal(Double.NaN));
    refuses("value must be finite, got Infinity", () -> Constant.constant(1 / 0.0));
    refuses("fans must be > 0, got in 0.0, out 3.0", () -> new Fans(0, 3));
  }

  private static void refuses(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static void normal(double[] x, double mean, double std) {
    assertEquals(mean, Draws.mean(x), 4 * std / Math.sqrt(x.length));
    assertEquals(std, Draws.std(x), 0.01 * std);
    assertEquals(NORMAL_WITHIN, Draws.withinOneStd(centred(x, mean)), 0.006);
    assertTrue(Draws.largest(centred(x, mean)) > 3.5 * std);
  }

  private static void uniform(double[] x, double bound) {
    assertEquals(0, Draws.mean(x), 4 * bound / Math.sqrt(3.0 * x.length));
    assertEquals(UNIFORM_WITHIN, Draws.withinOneStd(x), 0.006);
    assertTrue(Draws.largest(x) <= bound);
    assertTrue(Draws.largest(x) > 0.999 * bound);
  }

  private static double[] centred(double[] x, double mean) {
    return Arrays.stream(x).map(v -> v - mean).toArray();
  }
}
