package dev.sparring.metric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of squared distances from products, so that only few distances have to be computed from
 * differences.
 *
 * <p>|a - b|^2 = |a|^2 + |b|^2 - 2 a.b cancels: its error is a share of |a| and |b|, whatever the
 * distance. So rows are taken about a centre (subtracting it is exact to a relative 2^-53 of each
 * difference, whatever both have in common), scaled by a power of two to lengths of at most 1 (so
 * that nothing overflows in single precision), and every distance gets an interval instead of a
 * number. With u of the products and v = 2^-53, for d columns:
 *
 * <ul>
 *   <li>rounding the rows to the products' precision and adding d terms in any order changes a.b by
 *       at most ((1 + u)^(d + 2) - 1) |a| |b|, below {@code slope / 2} |a| |b| with slope = 2.2 (d
 *       + 8) u, for (d + 8) u below 0.05;
 *   <li>lengths, centring, the sums here, and the distance from differences itself, which is what
 *       the interval is to contain, are wrong by at most some 3 (d + 8) v (|a|^2 + |b|^2); {@code
 *       share} is 8 (d + 8) v;
 *   <li>numbers below the smallest normal one may count as 0: at most 2^-126 for each of 4 d terms;
 *       {@code floor} is (d + 8) 2^-120.
 * </ul>
 */
final class Screen {
  private static final double MOST_ROUNDING = 0.05;

  /** The exponents of differences from the centre whose squares are far from the ends. */
  private static final int MOST_EXPONENT = 400;

  private final int columns;
  private final double[] centre;
  private final double scale;
  private final double slope;
  private final double share;
  private final double floor;

  private Screen(int columns, double[] centre, double scale, double roundoff) {
    this.columns = columns;
    this.centre = centre;
    this.scale = scale;
    slope = 2.2 * (columns + 8) * roundoff;
    share = 8 * (columns + 8) * Products.DOUBLE;
    floor = (columns + 8) * 0x1p-120;
  }

  /**
   * A screen for rows of these sets.
   *
   * @param roundoff of the products
   * @return null if the numbers are so large or small, or the rows so long, that there are no
   *     bounds
   */
  static @Nullable Screen of(double roundoff, Features... sets) {
    int columns = sets[0].columns();
    double[] centre = centre(sets);
    double largest = 0;
    for (Features set : sets) {
      double[] values = set.values();
      for (int i = 0; i < values.length; i += columns) {
        for (int c = 0; c < columns; c++) {
          largest = Math.max(largest, Math.abs(values[i + c] - centre[c]));
        }
      }
    }
    int exponent = largest == 0 ? 0 : Math.getExponent(largest);
    if (Math.abs(exponent) > MOST_EXPONENT || (columns + 8) * roundoff > MOST_ROUNDING) {
      return null;
    }
    // Differences are below 2^(exponent + 1), lengths below that times the root of columns.
    int ofColumns = Math.getExponent(Math.sqrt(columns)) + 1;
    return new Screen(columns, centre, Math.scalb(1.0, -exponent - 1 - ofColumns), roundoff);
  }

  /** The mean of the sets' means, so that rows are short; any centre gives right bounds. */
  private static double[] centre(Features... sets) {
    int columns = sets[0].columns();
    double[] centre = new double[columns];
    for (Features set : sets) {
      double[] values = set.values();
      double weight = 1.0 / set.rows() / sets.length;
      for (int i = 0; i < values.length; i += columns) {
        for (int c = 0; c < columns; c++) {
          centre[c] += values[i + c] * weight;
        }
      }
    }
    return centre;
  }

  /** Rows about the centre, scaled; into an array of the right size if the given one is not. */
  double[] rows(Features set, int from, int size, double @Nullable [] again) {
    double[] rows =
        again != null && again.length == size * columns ? again : new double[size * columns];
    double[] values = set.values();
    for (int i = 0; i < size; i++) {
      int at = (from + i) * columns;
      for (int c = 0; c < columns; c++) {
        rows[i * columns + c] = (values[at + c] - centre[c]) * scale;
      }
    }
    return rows;
  }

  /** The scaled lengths of all rows. */
  Lengths lengths(Features set) {
    double[] squares = new double[set.rows()];
    double[] lengths = new double[set.rows()];
    double[] values = set.values();
    for (int i = 0; i < squares.length; i++) {
      int at = i * columns;
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        double x = (values[at + c] - centre[c]) * scale;
        sum += x * x;
      }
      squares[i] = sum;
      lengths[i] = Math.sqrt(sum);
    }
    return new Lengths(squares, lengths);
  }

  /** A squared distance in the scale of the bounds, which is exact. */
  double scaled(double squaredDistance) {
    return squaredDistance * scale * scale;
  }

  /** Lengths of the rows of a set. */
  static final class Lengths {
    private final double[] squares;
    private final double[] lengths;

    private Lengths(double[] squares, double[] lengths) {
      this.squares = squares;
      this.lengths = lengths;
    }

    /** The largest. */
    double largest() {
      return Arrays.stream(lengths).max().orElse(0);
    }
  }

  /**
   * The middles and half widths of the intervals of a row's squared distances.
   *
   * @param left lengths of the row's set
   * @param row in that set
   * @param right lengths of the others' set
   * @param from first of the others
   * @param products of the row with them, from at on
   */
  void intervals(
      Lengths left,
      int row,
      Lengths right,
      int from,
      double[] products,
      int at,
      double[] middles,
      double[] widths,
      int size) {
    double square = left.squares[row];
    double steep = slope * left.lengths[row];
    double[] squares = right.squares;
    double[] lengths = right.lengths;
    for (int j = 0; j < size; j++) {
      double sum = square + squares[from + j];
      middles[j] = sum - 2 * products[at + j];
      widths[j] = steep * lengths[from + j] + share * sum + floor;
    }
  }
}
