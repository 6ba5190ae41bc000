package dev.sparring.network;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Tensor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One forward pass through a network: training or evaluation, and where its random numbers come
 * from.
 */
public final class PassOptions {
  private static final PassOptions EVALUATION = new PassOptions(false, null, null);

  private final boolean training;
  private final @Nullable Function<String, RandomStream> draws;
  private final @Nullable Tensor labels;

  private PassOptions(
      boolean training, @Nullable Function<String, RandomStream> draws, @Nullable Tensor labels) {
    this.training = training;
    this.draws = draws;
    this.labels = labels;
  }

  /**
   * A pass that uses running statistics and leaves every state as it is. It has no random numbers:
   * a layer that draws in evaluation too, such as dropout that is always on, fails in it.
   */
  public static PassOptions evaluation() {
    return EVALUATION;
  }

  /**
   * The same with random numbers, for layers that draw in evaluation too.
   *
   * @param chunk which part of the samples of that seed it makes
   */
  public static PassOptions evaluation(Seed seed, long chunk) {
    return new PassOptions(false, layer -> seed.stream("evaluation " + layer, chunk), null);
  }

  /**
   * A training pass.
   *
   * @param seed the run's
   * @param step the step it belongs to
   * @param pass which of the network's passes in that step it is
   */
  public static PassOptions training(Seed seed, long step, long pass) {
    return new PassOptions(true, layer -> seed.stream("pass " + layer, step, pass), null);
  }

  /**
   * A training pass that makes the samples of a batch, and draws what every other pass does that
   * makes them in that step.
   *
   * @param seed the run's
   * @param step the step it belongs to
   * @param batch the number of the batch
   */
  public static PassOptions making(Seed seed, long step, long batch) {
    return new PassOptions(true, layer -> seed.stream("making " + layer, step, batch), null);
  }

  /**
   * The same for samples of known classes.
   *
   * @param labels (N, classes), one 1 in each row, else 0; null for none
   */
  public PassOptions labels(@Nullable Tensor labels) {
    return new PassOptions(training, draws, labels);
  }

  boolean isTraining() {
    return training;
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
              + " asked for random numbers in evaluation, where Call.evaluation(seed, chunk) has some");
    }
    return draws.apply(layer);
  }
}
