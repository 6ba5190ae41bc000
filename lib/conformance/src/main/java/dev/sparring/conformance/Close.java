package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.tensor.Tensor;
import org.junit.jupiter.api.Assertions;

/** Compares tensors with expected values. */
final class Close {
  private Close() {}

  /** Shapes equal, and each element within tolerance * (1 + |expected|). */
  static void to(Values expected, Tensor actual, double tolerance, String what) {
    assertEquals(expected.shape(), actual.shape(), what + ": shape");
    double[] found = actual.toDoubles();
    for (int i = 0; i < found.length; i++) {
      numbers(expected.at(i), found[i], tolerance, what + "[" + i + "]");
    }
  }

  /** As above for one number. */
  static void numbers(double expected, double found, double tolerance, String what) {
    if (!are(expected, found, tolerance)) {
      Assertions.fail(what + ": expected " + expected + ", found " + found);
    }
  }

  /** Whether two numbers are within tolerance * (1 + |expected|); NaN is far from everything. */
  static boolean are(double expected, double found, double tolerance) {
    return expected == found || Math.abs(found - expected) <= tolerance * (1 + Math.abs(expected));
  }

  /** Shape and every element exactly. */
  static void exactly(Values expected, Tensor actual, String what) {
    to(expected, actual, 0, what);
  }
}
