package dev.sparring.norm;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * One of the two ways to see a weight as a matrix.
 *
 * @param axis the weight's dimension that becomes the matrix's rows, 0 or 1
 * @param suffix suffix of the names of its vectors
 */
record Reshaping(int axis, String suffix) {
  /**
   * The reshapings whose norms a kind averages.
   *
   * @param bidirectional whether both are used, unless one is the other's transpose
   */
  static List<Reshaping> of(boolean bidirectional, Shape weight, int outputAxis) {
    Reshaping out = new Reshaping(outputAxis, "");
    boolean both = bidirectional && weight.rank() > 2;
    return both ? List.of(out, new Reshaping(1 - outputAxis, "_in")) : List.of(out);
  }

  String u() {
    return "weight_u" + suffix;
  }

  String v() {
    return "weight_v" + suffix;
  }

  /** The weight as a matrix, rows first. */
  Tensor matrix(Tensor weight) {
    return WeightNorm.matrix(weight, axis);
  }
}
