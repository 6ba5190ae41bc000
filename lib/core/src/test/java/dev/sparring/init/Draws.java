package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.util.Arrays;

/** Helpers of the tests of initializers. */
final class Draws {
  private Draws() {}

  /** A dense layer's or a convolution's weight. */
  static WeightSpec weight(int... shape) {
    double taps = Arrays.stream(shape).skip(2).reduce(1, (a, b) -> a * b);
    return new WeightSpec(Shape.of(shape), 0, new Fans(shape[1] * taps, shape[0] * taps), 1);
  }

  static RandomStream random() {
    return new Seed(7).stream("initialize");
  }

  static double[] draw(Initializer init, WeightSpec weight) {
    return init.draw(weight, random());
  }

  static double mean(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  static double std(double[] x) {
    double mean = mean(x);
    return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  static double largest(double[] x) {
    return Arrays.stream(x).map(Math::abs).max().orElseThrow();
  }

  /** Share of the values within one standard deviation: 0.683 if normal, 0.577 if uniform. */
  static double withinOneStd(double[] x) {
    double std = std(x);
    return Arrays.stream(x).filter(v -> Math.abs(v) < std).count() / (double) x.length;
  }
}
