package dev.sparring.network;

import dev.sparring.recipe.Latent;
import java.util.Arrays;

/** Goes from one noise vector to another. */
public enum Interpolation {
  /**
   * In a straight line: (1 - t) a + t b. Half way between two vectors of normal noise lie shorter
   * ones than the generator was trained with, by a factor of about 0.7.
   */
  LERP {
    @Override
    double[] weights(float[] a, float[] b, double t) {
      return new double[] {1 - t, t};
    }

    @Override
    public void requireFor(Latent noise, int size) {}
  },
  /**
   * Along a great circle: (sin((1 - t) w) a + sin(t w) b) / sin w, with w the angle between a and b
   * (Shoemake, "Animating rotation with quaternion curves", SIGGRAPH 1985; for noise, whose vectors
   * need not be of length 1, White, "Sampling generative networks", arXiv:1609.04468, 2016). The
   * length stays that of normal noise. Uniform noise fills a cube, which great circles leave, so
   * that only {@link #LERP} goes through it.
   */
  SLERP {
    @Override
    double[] weights(float[] a, float[] b, double t) {
      double angle = angle(a, b);
      double sine = StrictMath.sin(angle);
      if (sine > SMALL) {
        return new double[] {
          StrictMath.sin((1 - t) * angle) / sine, StrictMath.sin(t * angle) / sine
        };
      }
      if (angle > Math.PI / 2) {
        throw new IllegalArgumentException(
            "slerp needs vectors that are not opposite: every great circle joins those");
      }
      // The limit for equal directions.
      return new double[] {1 - t, t};
    }

    @Override
    public void requireFor(Latent noise, int size) {
      if (noise != Latent.NORMAL) {
        throw new IllegalArgumentException(
            "slerp is for normal noise, and this generator's noise is "
                + Names.of(noise)
                + "; expected lerp");
      }
      if (size < 2) {
        throw new IllegalArgumentException(
            "slerp needs noise of 2 elements or more, got " + size + "; expected lerp");
      }
    }
  };

  private static final double SMALL = 1e-7;

  /** The weights of both ends. */
  abstract double[] weights(float[] a, float[] b, double t);

  /**
   * Checks that this goes between vectors of noise.
   *
   * @param size the elements of a vector
   * @throws IllegalArgumentException if it does not
   */
  public abstract void requireFor(Latent noise, int size);

  /**
   * A vector between two.
   *
   * @param t from 0, which gives exactly {@code a}, to 1, which gives exactly {@code b}
   */
  public float[] between(float[] a, float[] b, double t) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "vectors must have the same length, got " + a.length + " and " + b.length);
    }
    if (!(t >= 0 && t <= 1)) {
      throw new IllegalArgumentException("t must be 0 to 1, got " + t);
    }
    double[] w = weights(a, b, t);
    float[] between = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      between[i] = (float) (w[0] * a[i] + w[1] * b[i]);
    }
    return between;
  }

  /**
   * The angle between two vectors in radians, from 0 to pi.
   *
   * @throws IllegalArgumentException if one is zero
   */
  public static double angle(float[] a, float[] b) {
    double dot = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
    }
    double lengths = Math.sqrt(squareA) * Math.sqrt(squareB);
    if (!(lengths > 0)) {
      throw new IllegalArgumentException("slerp needs vectors with a direction, got zeros");
    }
    return StrictMath.acos(Math.max(-1, Math.min(1, dot / lengths)));
  }

  /**
   * A closed path: row i goes from vector i to the next, the last row to vector 0, with both ends.
   *
   * @param z (count, size) in row-major order, two vectors or more
   * @param steps vectors in a row, 2 or more
   * @return (count, steps, size) in row-major order
   */
  public float[] rows(float[] z, int count, int steps) {
    return rows(z, count, count, steps);
  }

  /**
   * An open path: row i goes from vector i to the next, with both ends, so that there is one row
   * less than vectors.
   *
   * @param z (count, size) in row-major order, two vectors or more
   * @param steps vectors in a row, 2 or more
   * @return (count - 1, steps, size) in row-major order
   */
  public float[] walk(float[] z, int count, int steps) {
    return rows(z, count, count - 1, steps);
  }

  private float[] rows(float[] z, int count, int across, int steps) {
    if (count < 2) {
      throw new IllegalArgumentException("a path needs 2 noise vectors or more, got " + count);
    }
    if (steps < 2) {
      throw new IllegalArgumentException(
          "steps must be >= 2, since both ends are counted, got " + steps);
    }
    if (z.length == 0 || z.length % count != 0) {
      throw new IllegalArgumentException(
          z.length + " numbers are not " + count + " vectors of one length");
    }
    int size = z.length / count;
    float[] rows = new float[Math.multiplyExact(Math.multiplyExact(across, steps), size)];
    for (int row = 0; row < across; row++) {
      float[] a = vector(z, row, size);
      float[] b = vector(z, (row + 1) % count, size);
      for (int step = 0; step < steps; step++) {
        float[] one = between(a, b, step / (steps - 1.0));
        System.arraycopy(one, 0, rows, (row * steps + step) * size, size);
      }
    }
    return rows;
  }

  private static float[] vector(float[] z, int index, int size) {
    return Arrays.copyOfRange(z, index * size, (index + 1) * size);
  }
}
