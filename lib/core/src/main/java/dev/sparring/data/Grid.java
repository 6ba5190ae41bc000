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
 * Points from a mixture of normal distributions whose means form a square grid around the origin;
 * sample shape (2).
 *
 * <p>The defaults are the 2D-grid of PacGAN (Lin, Khetan, Fanti and Oh, arXiv:1712.04086): 25 means
 * in {-4, -2, 0, 2, 4} x {-4, -2, 0, 2, 4}.
 *
 * @param side number of modes along each axis
 * @param spacing distance between neighbouring means
 * @param deviation standard deviation of each mode along each axis
 * @param points number of points that are drawn
 */
@Word("grid")
public record Grid(int side, double spacing, double deviation, int points)
    implements Data, Mixture {
  /** Checks the settings. */
  public Grid {
    Require.between("side", side, 1, 1000);
    Require.positive("spacing", spacing);
    Require.positive("deviation", deviation);
    Require.between("points", points, 1, Mixtures.MAX_POINTS);
  }

  /** The 25 modes of PacGAN. */
  @Defaults
  public static Grid grid() {
    return new Grid(5, 2, 0.05, 100_000);
  }

  /** The same with side * side modes. */
  public Grid side(int side) {
    return new Grid(side, spacing, deviation, points);
  }

  /** The same with another distance between means. */
  public Grid spacing(double spacing) {
    return new Grid(side, spacing, deviation, points);
  }

  /** The same with another standard deviation. */
  public Grid deviation(double deviation) {
    return new Grid(side, spacing, deviation, points);
  }

  /** The same with another number of points. */
  public Grid points(int points) {
    return new Grid(side, spacing, deviation, points);
  }

  /** The means ordered by the first, then by the second coordinate: mode 1 is above mode 0. */
  @Override
  public double[][] centres() {
    double[][] centres = new double[side * side][];
    double middle = (side - 1) / 2.0;
    for (int i = 0; i < centres.length; i++) {
      int column = i / side;
      int row = i % side;
      centres[i] = new double[] {spacing * (column - middle), spacing * (row - middle)};
    }
    return centres;
  }

  @Override
  public Shape sampleShape() {
    return Shape.of(2);
  }

  @Override
  public OptionalInt classes() {
    return OptionalInt.of(side * side);
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
