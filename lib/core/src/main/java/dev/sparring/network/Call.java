package dev.sparring.network;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import org.jspecify.annotations.Nullable;

/**
 * One forward pass through a network: training or evaluation, and where its random numbers come
 * from.
 */
public final class Call {
  private static final Call EVALUATION = new Call(null, 0, 0);

  private final @Nullable Seed seed;
  private final long step;
  private final long pass;

  private Call(@Nullable Seed seed, long step, long pass) {
    this.seed = seed;
    this.step = step;
    this.pass = pass;
  }

  /** A pass that uses running statistics, draws nothing and leaves every state as it is. */
  public static Call evaluation() {
    return EVALUATION;
  }

  /**
   * A training pass.
   *
   * @param seed the run's
   * @param step the step it belongs to
   * @param pass which of the network's passes in that step it is
   */
  public static Call training(Seed seed, long step, long pass) {
    return new Call(seed, step, pass);
  }

  boolean isTraining() {
    return seed != null;
  }

  RandomStream random(String layer) {
    if (seed == null) {
      throw new IllegalStateException(layer + " asked for random numbers in evaluation");
    }
    return seed.stream("pass " + layer, step, pass);
  }
}
