package dev.sparring.random;

import java.util.SplittableRandom;

/**
 * A stream of random numbers that is the same on every machine and Java version.
 *
 * <p>The bits come from SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014). Only {@code nextLong} of the JDK's generator is used: its other methods may
 * change between versions, and so would every weight that was drawn from them.
 */
public final class RandomStream {
  private static final double DOUBLE_UNIT = 0x1.0p-53;

  private final SplittableRandom bits;
  private double spare = Double.NaN;

  RandomStream(long key) {
    bits = new SplittableRandom(key);
  }

  /** A number in [0, 1), one of 2^53 equally spaced values. */
  public double uniform() {
    return (bits.nextLong() >>> 11) * DOUBLE_UNIT;
  }

  /** A number in [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** A whole number in [0, bound); the bias of at most bound / 2^32 is negligible. */
  public int below(int bound) {
    return (int) (((bits.nextLong() >>> 32) * bound) >>> 32);
  }

  /** A standard normal number, by Marsaglia's polar method (SIAM Review 6(3), 1964). */
  public double gaussian() {
    if (!Double.isNaN(spare)) {
      double value = spare;
      spare = Double.NaN;
      return value;
    }
    double u;
    double v;
    double s;
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    // StrictMath: Math.log may differ between machines in the last bit.
    double factor = Math.sqrt(-2 * StrictMath.log(s) / s);
    spare = v * factor;
    return u * factor;
  }

  /** Draws {@code count} standard normal numbers. */
  public float[] gaussians(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) gaussian();
    }
    return values;
  }

  /** The numbers 0 to count - 1 in random order (Fisher and Yates). */
  public int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
