package dev.sparring.network;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One forward pass through a network: training or evaluation, and where its random numbers come
 * from.
 */
public final class PassOptions {
  private static final PassOptions EVALUATION = new PassOptions(false, false, null, null, null);

  private final boolean training;
  private final boolean autocast;
  private final @Nullable Function<String, RandomStream> draws;
  private final @Nullable Tensor labels;

  /** The weight of this pass in running statistics, or null for each layer's own. */
  private final @Nullable Double momentum;

  private PassOptions(
      boolean training,
      boolean autocast,
      @Nullable Function<String, RandomStream> draws,
      @Nullable Tensor labels,
      @Nullable Double momentum) {
    this.training = training;
    this.autocast = autocast;
    this.draws = draws;
    this.labels = labels;
    this.momentum = momentum;
  }

  /**
   * A pass that uses running statistics and leaves every state as it is. It has no random numbers:
   * layers that need them in evaluation too, such as dropout with {@code always}, throw.
   */
  public static PassOptions evaluation() {
    return EVALUATION;
  }

  /**
   * The same with random numbers, for layers that need them in evaluation too.
   *
   * @param chunk number of the chunk of that seed's samples that it generates
   */
  public static PassOptions evaluation(Seed seed, long chunk) {
    return new PassOptions(
        false, false, layer -> seed.stream("evaluation " + layer, chunk), null, null);
  }

  /**
   * A training pass.
   *
   * @param seed the run's
   * @param step the step it belongs to
   * @param pass number of the network's pass in that step
   */
  public static PassOptions training(Seed seed, long step, long pass) {
    return new PassOptions(
        true, false, layer -> seed.stream("pass " + layer, step, pass), null, null);
  }

  /**
   * A training pass that generates a batch; passes for the same batch in the same step draw the
   * same random numbers.
   *
   * @param seed the run's
   * @param step the step it belongs to
   * @param batch the number of the batch
   */
  public static PassOptions making(Seed seed, long step, long batch) {
    return new PassOptions(
        true, false, layer -> seed.stream("making " + layer, step, batch), null, null);
  }

  /**
   * A training pass of several whose statistics are averaged: after the n-th, running statistics
   * are the mean over n passes, whatever they were before the first.
   *
   * @param seed the run's
   * @param number of the pass, from 0
   */
  public static PassOptions gathering(Seed seed, long number) {
    return new PassOptions(
        true, false, layer -> seed.stream("standing " + layer, number), null, 1.0 / (number + 1));
  }

  /**
   * The same for samples of known classes.
   *
   * @param labels (N, classes), one 1 in each row, else 0; null for none
   */
  public PassOptions labels(@Nullable Tensor labels) {
    return new PassOptions(training, autocast, draws, labels, momentum);
  }

  /** The same in mixed precision, if the engine has it; see {@link Engine#autocast}. */
  public PassOptions autocast() {
    return new PassOptions(training, true, draws, labels, momentum);
  }

  boolean isAutocast() {
    return autocast;
  }

  boolean isTraining() {
    return training;
  }

  double momentum(double own) {
    return momentum == null ? own : momentum;
  }

  Tensor labels(String layer) {
    if (labels == null) {
      throw new IllegalStateException(layer + " asked for the classes of samples without labels");
    }
    return labels;
  }

  RandomStream random(String layer) {
    if (draws == null) {
      throw new IllegalStateException(
          layer
              + " asked for random numbers in evaluation, where PassOptions.evaluation(seed,"
              + " chunk) has some");
    }
    return draws.apply(layer);
  }
}
