package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Points from a mixture of normal distributions whose means are evenly spaced on a circle; sample
 * shape (2).
 *
 * <p>The defaults are the 2D-ring of PacGAN (Lin, Khetan, Fanti and Oh, arXiv:1712.04086).
 *
 * @param modes number of modes, up to 1,000,000; the mean of mode k is at angle 2 pi k / modes
 * @param radius radius of the circle
 * @param deviation standard deviation of each mode along each axis
 * @param points number of points that are drawn
 */
@Word("ring")
public record Ring(int modes, double radius, double deviation, int points)
    implements Data, Mixture {
  /** Checks the settings. */
  public Ring {
    Require.between("modes", modes, 1, Mixtures.MAX_MODES);
    Require.positive("radius", radius);
    Require.positive("deviation", deviation);
    Require.between("points", points, 1, Mixtures.MAX_POINTS);
  }

  /** Eight modes on the unit circle, as in PacGAN. */
  @Defaults
  public static Ring ring() {
    return new Ring(8, 1, 0.01, 100_000);
  }

  /** The same with another number of modes. */
  public Ring modes(int modes) {
    return new Ring(modes, radius, deviation, points);
  }

  /** The same with another radius. */
  public Ring radius(double radius) {
    return new Ring(modes, radius, deviation, points);
  }

  /** The same with another standard deviation. */
  public Ring deviation(double deviation) {
    return new Ring(modes, radius, deviation, points);
  }

  /** The same with another number of points. */
  public Ring points(int points) {
    return new Ring(modes, radius, deviation, points);
  }

  @Override
  public double[][] centres() {
    double[][] centres = new double[modes][];
    for (int k = 0; k < modes; k++) {
      double angle = 2 * Math.PI * k / modes;
      // StrictMath: the last bit of Math.cos may differ between machines.
      centres[k] = new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)};
    }
    return centres;
  }

  @Override
  public Shape sampleShape() {
    return Shape.of(2);
  }

  @Override
  public OptionalInt classes() {
    return OptionalInt.of(modes);
  }

  @Override
  public OptionalLong memory() {
    return OptionalLong.of(Mixtures.memory(points));
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    return Mixtures.draw(this, seed);
  }
}
