package dev.sparring.init;

/**
 * The number of terms that the linear map of a layer sums, forwards and backwards.
 *
 * @param in terms in the sum for one output, averaged over positions away from the border
 * @param out terms in the sum for the gradient of one input
 */
public record Fans(double in, double out) {
  /** Both counts are above zero. */
  public Fans {
    if (!(in > 0) || !(out > 0)) {
      throw new IllegalArgumentException("fans must be > 0, got in " + in + ", out " + out);
    }
  }
}
