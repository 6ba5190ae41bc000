package dev.sparring.metric;

/**
 * Counts of real and fake samples in the balls around each other.
 *
 * @param fakeInside fake samples in at least one closed ball about a real sample
 * @param realInside real samples in at least one closed ball about a fake sample
 * @param hits pairs of a fake sample and an open ball about a real sample that it lies in
 * @param hit open balls about real samples with at least one fake sample in them
 */
record Balls(int fakeInside, int realInside, long hits, int hit) {
  /**
   * Counts, with every pair of a real and a fake sample once.
   *
   * @param realClosed squared radii of the closed balls about real samples
   * @param fakeClosed the same about fake samples
   * @param realOpen squared radii of the open balls about real samples
   */
  static Balls compare(
      Features real, Features fake, double[] realClosed, double[] fakeClosed, double[] realOpen) {
    boolean[] fakeInside = new boolean[fake.rows()];
    int realInside = 0;
    long hits = 0;
    int hit = 0;
    double[] distances = new double[Block.SIZE];
    for (int from = 0; from < real.rows(); from += Block.SIZE) {
      Block block = new Block(real, from);
      boolean[] inside = new boolean[block.size];
      boolean[] met = new boolean[block.size];
      for (int f = 0; f < fake.rows(); f++) {
        block.squaredDistances(fake, f, distances);
        for (int j = 0; j < block.size; j++) {
          double distance = distances[j];
          fakeInside[f] |= distance <= realClosed[from + j];
          inside[j] |= distance <= fakeClosed[f];
          if (distance < realOpen[from + j]) {
            hits++;
            met[j] = true;
          }
        }
      }
      realInside += count(inside);
      hit += count(met);
    }
    return new Balls(count(fakeInside), realInside, hits, hit);
  }

  /**
   * The same counts with products: the distance of a pair is computed only if the interval of its
   * screen has a radius in it.
   */
  static Balls compare(
      Features real,
      Features fake,
      double[] realClosed,
      double[] fakeClosed,
      double[] realOpen,
      Products products) {
    Screen screen = Screen.of(products.roundoff(), real, fake);
    return screen == null
        ? compare(real, fake, realClosed, fakeClosed, realOpen)
        : new ScreenedBalls(realClosed, fakeClosed, realOpen)
            .count(new ScreenedPairs(screen, real, fake, products));
  }

  static int count(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }
}
