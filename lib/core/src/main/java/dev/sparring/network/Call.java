package dev.sparring.network;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One forward pass through a network: training or evaluation, and where its random numbers come
 * from.
 */
public final class Call {
  private static final Call EVALUATION = new Call(null, 0, 0, null);

  private final @Nullable Seed seed;
  private final long step;
  private final long pass;
  private final @Nullable Tensor labels;

  private Call(@Nullable Seed seed, long step, long pass, @Nullable Tensor labels) {
    this.seed = seed;
    this.step = step;
    this.pass = pass;
    this.labels = labels;
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
    return new Call(seed, step, pass, null);
  }

  /**
   * The same for samples of known classes.
   *
   * @param labels (N, classes), one 1 in each row, else 0; null for none
   */
  public Call labels(@Nullable Tensor labels) {
    return new Call(seed, step, pass, labels);
  }

  boolean isTraining() {
    return seed != null;
  }

  Tensor labels(String layer) {
    if (labels == null) {
      throw new IllegalStateException(layer + " asked for the classes of samples without labels");
    }
    return labels;
  }

  RandomStream random(String layer) {
    if (seed == null) {
      throw new IllegalStateException(layer + " asked for random numbers in evaluation");
    }
    return seed.stream("pass " + layer, step, pass);
  }
}
