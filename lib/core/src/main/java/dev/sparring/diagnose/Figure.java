package dev.sparring.diagnose;

import java.util.Locale;

/**
 * What {@link Diagnostics} measure. A figure's column is its name in small letters; that of a
 * weight or a network has the path after it: {@code grad_norm.discriminator.0.weight}. Columns of
 * scores and samples of the backward direction end in {@code back}: {@code d_real.back}.
 */
public enum Figure {
  /** The mean score of real samples. */
  D_REAL,
  /** The mean score of generated samples. */
  D_FAKE,
  /** The share of real scores below 1, which have a gradient in the hinge loss. */
  HINGE_ACTIVE_REAL,
  /** The share of generated samples' scores above -1, which have a gradient in the hinge loss. */
  HINGE_ACTIVE_FAKE,
  /**
   * The slope of the discriminator at real samples: the mean over samples of sqrt(sum (dD/dx)^2 +
   * 1e-8), as in the BSSN paper's code (gan.py, lines 127 to 147).
   */
  SLOPE_REAL,
  /** The same at generated samples. */
  SLOPE_FAKE,
  /**
   * A bound of both slopes, and of those at any other place: see {@link SlopeBound}. Only of
   * discriminators all of whose layers have one, which see samples without augmentation, and whose
   * scores no {@code output} changes.
   */
  SLOPE_BOUND,
  /**
   * The share of pairs of a real and a generated sample of which the real one has the higher score:
   * 0.5 is chance, 1 tells all apart. It needs no threshold, so it means the same for every loss.
   */
  D_ACCURACY,
  /**
   * How far generated samples are from real ones in pixels or points, whatever the discriminator
   * says: the energy distance of a batch of each, (2 E|x - y| - E|x - x'| - E|y - y'|) / 2 E|x - y|
   * with the lengths of differences (Szekely and Rizzo, Journal of Statistical Planning and
   * Inference 143(8), 2013). About 0 for equal distributions, which may give a little below 0, 1
   * for two different points.
   */
  ENERGY_DISTANCE,
  /**
   * The mean distance between two generated samples, divided by that between two real ones: at 1
   * they differ as much as real samples, at 0 all are the same sample.
   */
  DIVERSITY,
  /**
   * The Frobenius norm of the gradient of the player's own loss by a raw weight; for a network, by
   * all its weights together. Two generators that learn together share one loss, the sum of both.
   */
  GRAD_NORM,
  /** The same by the normalized weight, where the recipe normalizes it. */
  GRAD_NORM_NORMALIZED,
  /**
   * The share of a tanh's or sigmoid's outputs that are within 0.01 of a bound, where it has next
   * to no gradient; of the discriminator at real samples.
   */
  SATURATED,
  /**
   * The share of a ReLU's units, of images its channels, that are 0 in the whole batch: they and
   * their weights get no gradient from it.
   */
  DEAD,
  /** The Frobenius norm of the raw weight. */
  WEIGHT_NORM,
  /** The Frobenius norm of the last step's change of the raw weight over that of the weight. */
  UPDATE_RATIO,
  /**
   * The largest singular value of the raw weight, exactly: of the matrix outputs x rest, or for
   * bidirectional normalizations the mean of that and of inputs x rest.
   */
  SIGMA,
  /**
   * The norm of the convolution with the raw weight, with its stride, its zeros at the borders and
   * the size of its images: the largest factor by which it lengthens an image. It is a bound from
   * below, within a thousandth. Of images larger than 32 pixels and 8 kernels a side it is that of
   * a part so large, up to a hundredth less. Dense layers have none beside {@link #SIGMA}.
   */
  SIGMA_CONV,
  /**
   * The running estimate of power iteration divided by the exact value, if the weight has an
   * estimate.
   */
  SIGMA_RATIO,
  /** The squared Frobenius norm over the squared largest singular value of outputs x rest. */
  STABLE_RANK,
  /**
   * The variance of the weight as it is used, divided by that of LeCun's initializer: 1 / fan-in.
   */
  VARIANCE_LECUN,
  /** The same divided by Xavier's: 2 / (fan-in + fan-out). */
  VARIANCE_XAVIER,
  /** The same divided by He's: gain^2 / fan-in with the gain of the activation after the layer. */
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
