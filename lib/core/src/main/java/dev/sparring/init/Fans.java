package dev.sparring.init;

/**
 * How many terms the linear map of a layer sums up, forwards and backwards.
 *
 * @param in terms in the sum that makes one output, averaged over positions away from the border
 * @param out terms in the sum that makes the gradient of one input
 */
public record Fans(double in, double out) {
  /** Both counts are above zero. */
  public Fans {
    if (!(in > 0) || !(out > 0)) {
      throw new IllegalArgumentException("fans must be > 0, got in " + in + ", out " + out);
    }
  }
}
