package dev.sparring.metric;

import java.util.Arrays;

/**
 * Counts {@link Balls} from intervals of distances, and from distances where these leave it open.
 */
final class ScreenedBalls {
  private final double[] realClosed;
  private final double[] fakeClosed;
  private final double[] realOpen;
  private final boolean[] fakeInside;
  private final boolean[] realInside;
  private final boolean[] met;
  private long hits;

  private final int[] wanted = new int[Block.SIZE];
  private final double[] distances = new double[Block.SIZE];

  /** As {@link Balls#compare}. */
  ScreenedBalls(double[] realClosed, double[] fakeClosed, double[] realOpen) {
    this.realClosed = realClosed;
    this.fakeClosed = fakeClosed;
    this.realOpen = realOpen;
    fakeInside = new boolean[fakeClosed.length];
    realInside = new boolean[realClosed.length];
    met = new boolean[realClosed.length];
  }

  /** Counts the pairs of real samples, on the left, and fake ones. */
  Balls count(ScreenedPairs pairs) {
    double[] closed = pairs.scaled(realClosed);
    double[] fakes = pairs.scaled(fakeClosed);
    double[] open = pairs.scaled(realOpen);
    double[] largest = new double[closed.length];
    Arrays.setAll(largest, i -> Math.max(closed[i], open[i]));
    pairs.visit(
        (row, tile, from, size, middles, widths, exact) -> {
          double most = largest[row];
          int count = 0;
          for (int j = from; j < size; j++) {
            double low = middles[j] - widths[j];
            double ofFake = fakes[tile + j];
            if (low > most && low > ofFake) {
              continue;
            }
            double high = middles[j] + widths[j];
            if (isOpen(low, high, closed[row])
                || isOpen(low, high, ofFake)
                || isOpen(low, high, open[row])) {
              wanted[count++] = j;
            } else {
              // Each radius is outside the interval, so its middle decides as the distance does.
              fakeInside[tile + j] |= middles[j] < closed[row];
              realInside[row] |= middles[j] < ofFake;
              hit(row, middles[j] < open[row]);
            }
          }
          exact.of(row, tile, wanted, count, distances);
          for (int k = 0; k < count; k++) {
            int fake = tile + wanted[k];
            fakeInside[fake] |= distances[k] <= realClosed[row];
            realInside[row] |= distances[k] <= fakeClosed[fake];
            hit(row, distances[k] < realOpen[row]);
          }
        });
    return new Balls(Balls.count(fakeInside), Balls.count(realInside), hits, Balls.count(met));
  }

  private void hit(int real, boolean inside) {
    if (inside) {
      hits++;
      met[real] = true;
    }
  }

  private static boolean isOpen(double low, double high, double radius) {
    // Not the other way round: what is no number is open.
    return !(radius < low || high < radius);
  }
}
