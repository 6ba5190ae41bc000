package dev.sparring.diagnose;

import java.util.Locale;

/**
 * What {@link Diagnostics} measure. A figure's column is its name in small letters; that of a
 * weight or a network has the path after it: {@code grad_norm.discriminator.0.weight}. Where a game
 * has a backward direction, scores and samples of that have {@code back} after it: {@code
 * d_real.back}.
 */
public enum Figure {
  /** The mean score of real samples. */
  D_REAL,
  /** The mean score of made samples. */
  D_FAKE,
  /** The share of real scores below 1, which the hinge loss still moves. */
  HINGE_ACTIVE_REAL,
  /** The share of made scores above -1, which the hinge loss still moves. */
  HINGE_ACTIVE_FAKE,
  /**
   * How steep the discriminator is at real samples: the mean over samples of sqrt(sum (dD/dx)^2 +
   * 1e-8), as in the BSSN paper's code (gan.py, lines 127 to 147).
   */
  SLOPE_REAL,
  /** The same at made samples. */
  SLOPE_FAKE,
  /**
   * The mean distance between two made samples over that between two real ones: 1 is as different
   * as real samples are, 0 is one sample for every noise.
   */
  DIVERSITY,
  /**
   * The Frobenius norm of the gradient of the player's own loss by a raw weight; of a network, by
   * all its weights together. Two generators that learn together have one loss, the sum of both.
   */
  GRAD_NORM,
  /** The same by the normalized weight, where the recipe normalizes it. */
  GRAD_NORM_NORMALIZED,
  /** The Frobenius norm of the raw weight. */
  WEIGHT_NORM,
  /** The Frobenius norm of the last step's change of the raw weight over that of the weight. */
  UPDATE_RATIO,
  /**
   * The largest singular value of the raw weight, exactly: of the matrix outputs x rest, or where
   * the recipe normalizes in both directions the mean of that and of inputs x rest.
   */
  SIGMA,
  /** The running estimate of power iteration over the exact value, where the weight has one. */
  SIGMA_RATIO,
  /** The squared Frobenius norm over the squared largest singular value of outputs x rest. */
  STABLE_RANK,
  /** The variance of the weight as it is used, over that of LeCun's initializer: 1 / fan-in. */
  VARIANCE_LECUN,
  /** The same over Xavier's: 2 / (fan-in + fan-out). */
  VARIANCE_XAVIER,
  /** The same over He's: gain^2 / fan-in with the gain of the activation behind the layer. */
  VARIANCE_HE;

  /** The column of a figure of the whole run. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column of a figure of scores or samples of a direction. */
  public String column(boolean isBackward) {
    return isBackward ? column("back") : column();
  }

  /** The column of the figure of a weight or a network. */
  public String column(String path) {
    return column() + "." + path;
  }
}
