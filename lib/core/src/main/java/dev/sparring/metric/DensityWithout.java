package dev.sparring.metric;

import java.util.Arrays;

/**
 * Densities of {@link DensityCoverage} without one group of real and fake samples after the other.
 * All pairs are looked at twice, whatever the number of groups: once for the radii of all groups,
 * once for the samples in the balls.
 */
final class DensityWithout {
  /**
   * The number of neighbours that are kept for each that a radius takes: enough also where most are
   * of the group that is left out.
   */
  private static final int KEPT = 4;

  private final Features real;
  private final Features fake;
  private final int[] ofReal;
  private final int[] ofFake;
  private final int k;

  /** By group and real sample; those of a sample's own group count for nothing. */
  private final double[][] radii = new double[JackknifeGroups.GROUPS][];

  /** The greatest one of each real sample. */
  private final double[] largest;

  private final long[] hits = new long[JackknifeGroups.GROUPS];

  /**
   * Of the same samples and neighbours as a density.
   *
   * @param k the number of the neighbour whose distance is the radius
   */
  DensityWithout(
      Features real, Features fake, JackknifeGroups ofReal, JackknifeGroups ofFake, int k) {
    this.real = real;
    this.fake = fake;
    this.ofReal = ofReal.group();
    this.ofFake = ofFake.group();
    this.k = k;
    largest = new double[real.rows()];
  }

  /** The density without each group. */
  double[] densities(Products products) {
    int most = Math.min(real.rows() - 1, KEPT * k);
    radii(Neighbors.of(real, most, products));
    Screen screen = Screen.of(products.roundoff(), real, fake);
    if (screen == null) {
      count();
    } else {
      count(new ScreenedPairs(screen, real, fake, products));
    }
    double[] found = new double[hits.length];
    for (int g = 0; g < found.length; g++) {
      int left = g;
      long samples = Arrays.stream(ofFake).filter(group -> group != left).count();
      found[g] = hits[g] / ((double) k * samples);
    }
    return found;
  }

  private void radii(Neighbors nearest) {
    for (int g = 0; g < radii.length; g++) {
      radii[g] = new double[real.rows()];
      for (int row = 0; row < real.rows(); row++) {
        if (ofReal[row] == g) {
          continue;
        }
        int left = g;
        double radius = nearest.squaredRadius(row, k, other -> ofReal[other] != left);
        radii[g][row] = Double.isInfinite(radius) ? searched(row, g) : radius;
        largest[row] = Math.max(largest[row], radii[g][row]);
      }
    }
  }

  /** Where nearly all neighbours that were kept are of the group. */
  private double searched(int row, int left) {
    double[] others = new double[real.rows()];
    int count = 0;
    for (int other = 0; other < real.rows(); other++) {
      if (other != row && ofReal[other] != left) {
        others[count++] = Block.squaredDistance(real, row, real, other);
      }
    }
    Arrays.sort(others, 0, count);
    return others[k - 1];
  }

  private void count() {
    for (int row = 0; row < real.rows(); row++) {
      for (int other = 0; other < fake.rows(); other++) {
        met(row, other, Block.squaredDistance(real, row, fake, other));
      }
    }
  }

  private void count(ScreenedPairs pairs) {
    double[] most = pairs.scaled(largest);
    int[] wanted = new int[Block.SIZE];
    double[] distances = new double[Block.SIZE];
    pairs.visit(
        (row, tile, from, size, middles, widths, exact) -> {
          int count = 0;
          for (int j = from; j < size; j++) {
            // What is no number is wanted too.
            if (!(middles[j] - widths[j] > most[row])) {
              wanted[count++] = j;
            }
          }
          exact.of(row, tile, wanted, count, distances);
          for (int i = 0; i < count; i++) {
            met(row, tile + wanted[i], distances[i]);
          }
        });
  }

  private void met(int row, int other, double distance) {
    if (!(distance < largest[row])) {
      return;
    }
    for (int g = 0; g < radii.length; g++) {
      if (g != ofReal[row] && g != ofFake[other] && distance < radii[g][row]) {
        hits[g]++;
      }
    }
  }
}
