package dev.sparring.train;

import dev.sparring.network.PassOptions;
import dev.sparring.random.Seed;

/**
 * The training passes of one network in one step, numbered, so that each has random numbers of its
 * own.
 */
public final class Passes {
  private final Seed seed;
  private final long step;
  private long count;

  /**
   * The passes of a step, before its first one.
   *
   * @param seed the seed of the run
   */
  public Passes(Seed seed, long step) {
    this.seed = seed;
    this.step = step;
  }

  /** The next pass. */
  public PassOptions next() {
    return PassOptions.training(seed, step, count++).autocast();
  }

  /** The next pass, which generates the samples of an update. */
  public PassOptions generating(NextUpdate update) {
    PassOptions own = next();
    Long shared = update.shared();
    return shared == null ? own : PassOptions.making(seed, step, shared).autocast();
  }

  /** The number of passes so far. */
  public long count() {
    return count;
  }

  /** Sets the number of passes so far. */
  public void count(long count) {
    this.count = count;
  }
}
