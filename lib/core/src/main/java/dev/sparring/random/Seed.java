package dev.sparring.random;

/**
 * The seed of a run, from which every random number is drawn by purpose and index.
 *
 * <p>A stream depends only on its key and not on what was drawn before. A resumed run therefore
 * needs no saved generator state, and a new consumer of random numbers does not change the others.
 *
 * @param value the seed in the recipe
 */
public record Seed(long value) {
  // 2^64 divided by the golden ratio: the increment of SplitMix64 (Steele, Lea, Flood 2014).
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /**
   * The stream for one purpose, e.g. {@code ("noise", step, update)}.
   *
   * @param purpose what the numbers are used for; different texts give unrelated streams
   * @param indices indices of the stream among those of that purpose
   */
  public RandomStream stream(String purpose, long... indices) {
    return new RandomStream(key(purpose, indices));
  }

  private long key(String purpose, long... indices) {
    long key = mix(value + GOLDEN_GAMMA);
    // Starts with the length: otherwise a text's last letter could be confused with an index of a
    // shorter text.
    key = mix(key ^ purpose.length()) + GOLDEN_GAMMA;
    for (int i = 0; i < purpose.length(); i++) {
      key = mix(key ^ purpose.charAt(i)) + GOLDEN_GAMMA;
    }
    for (long index : indices) {
      key = mix(key ^ index) + GOLDEN_GAMMA;
    }
    return mix(key);
  }

  /** The seed of a part of a run that draws whatever a run draws, by the part's name. */
  public Seed part(String name) {
    return new Seed(key("part " + name));
  }

  /**
   * The seed of a run from its n-th retry on.
   *
   * @param number of the retry, from 1; 0 is the run's own seed
   */
  public Seed retry(int number) {
    return number == 0 ? this : new Seed(key("retry", number));
  }

  /** Stafford's variant 13 of the MurmurHash3 finalizer, as SplitMix64 uses it. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
