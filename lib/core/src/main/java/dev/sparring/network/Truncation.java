package dev.sparring.network;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Latent;

/**
 * Draws a generator's noise nearer to its mean, which trades variety for typical samples.
 *
 * <p>Several methods have this name in the field and give other samples for the same number, so
 * that the kind is always said. Truncation by the mean of w (StyleGAN, Karras et al. 2019) is none
 * of them: it needs a mapping network.
 *
 * @param kind what the value means
 * @param value the threshold or the factor
 */
public record Truncation(Kind kind, double value) {
  /** Smaller thresholds would draw thousands of numbers to accept one. */
  private static final double LEAST = 0.001;

  /** Where TensorFlow Hub's BigGAN cuts the normal distribution. */
  private static final double HUB = 2;

  /** The methods. */
  public enum Kind {
    /**
     * Elements of normal noise whose absolute value is above the threshold are drawn again until
     * they are not; the others stay (Brock, Donahue and Simonyan, "Large scale GAN training for
     * high fidelity natural image synthesis", ICLR 2019, section 3.1).
     */
    RESAMPLE,
    /**
     * Normal noise is resampled at the threshold 2, whatever the value, and multiplied by the
     * value, as the authors' published BigGAN (TensorFlow Hub) does; from 0 to 1. With value 1 this
     * is {@link #RESAMPLE} with 2.
     */
    SCALE,
    /**
     * Noise is multiplied by the value, the standard deviation of normal noise, and nothing is cut
     * off (the temperature of Kingma and Dhariwal, "Glow", NeurIPS 2018, section 6). Since the mean
     * of the noise is 0, this is StyleGAN's psi for z in place of w.
     */
    TEMPERATURE
  }

  /** Noise that is larger leaves single precision in the first layers. */
  private static final double MOST = 1e6;

  /** Checks the value. */
  public Truncation {
    boolean fits =
        switch (kind) {
          case RESAMPLE -> value >= LEAST;
          case SCALE -> value > 0 && value <= 1;
          case TEMPERATURE -> value > 0 && value <= MOST;
        };
    if (!fits || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          switch (kind) {
                case RESAMPLE -> "the threshold of resample must be a number >= " + LEAST;
                case SCALE -> "the factor of scale must be above 0 and at most 1";
                case TEMPERATURE ->
                    "temperature must be a number above 0 and at most " + (long) MOST;
              }
              + ", got "
              + value);
    }
  }

  /** {@link Kind#RESAMPLE}. */
  public static Truncation resample(double threshold) {
    return new Truncation(Kind.RESAMPLE, threshold);
  }

  /** {@link Kind#SCALE}. */
  public static Truncation scale(double factor) {
    return new Truncation(Kind.SCALE, factor);
  }

  /** {@link Kind#TEMPERATURE}. */
  public static Truncation temperature(double factor) {
    return new Truncation(Kind.TEMPERATURE, factor);
  }

  /**
   * Checks that this truncates noise of a distribution.
   *
   * @throws IllegalArgumentException if the noise is not normal, but for the temperature
   */
  public void requireFor(Latent noise) {
    if (kind != Kind.TEMPERATURE && noise != Latent.NORMAL) {
      throw new IllegalArgumentException(
          Names.of(kind)
              + " cuts off the tails of normal noise, and this generator's noise is "
              + Names.of(noise)
              + "; temperature scales any noise");
    }
  }

  /** The noise of a sample. What is not resampled is that of the sample without truncation. */
  float[] draw(Latent noise, Seed seed, int index, int size) {
    float[] z = noise.draw(seed.stream("sample", index), size);
    if (kind != Kind.TEMPERATURE) {
      // A stream of its own, so that an element that is drawn again does not change the next ones.
      resample(z, kind == Kind.SCALE ? HUB : value, seed.stream("truncation", index));
    }
    if (kind != Kind.RESAMPLE) {
      for (int i = 0; i < size; i++) {
        z[i] = (float) (value * z[i]);
      }
    }
    return z;
  }

  private static void resample(float[] z, double threshold, RandomStream random) {
    for (int i = 0; i < z.length; i++) {
      while (Math.abs(z[i]) > threshold) {
        z[i] = (float) random.gaussian();
      }
    }
  }
}
