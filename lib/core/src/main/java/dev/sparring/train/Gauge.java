package dev.sparring.train;

import java.util.List;
import java.util.Map;

/**
 * Measures a training at the steps at which it is due. Results are in the {@link Step#figures} of
 * that step.
 *
 * <p>A gauge does not change the training: the run is the same bit for bit as without it.
 *
 * <p><b>Write your own.</b> A program hands it to {@link Training#measure}. For the command line, a
 * jar names it in {@code META-INF/services/dev.sparring.train.Gauge} and comes with {@code --with};
 * its class and constructor are public then.
 *
 * <pre>{@code
 * class SizeOfWeights implements Gauge {
 *   public List<String> figures() {
 *     return List.of("size_of_weights");
 *   }
 *
 *   public boolean isDue(long step) {
 *     return step % 2 == 0;
 *   }
 *
 *   public Map<String, Double> read(Training training, long step) {
 *     double sum = 0;
 *     for (Tensor weight : training.networks().get("generator").parameters().values()) {
 *       sum += Arrays.stream(weight.toDoubles()).map(w -> w * w).sum();
 *     }
 *     return Map.of("size_of_weights", Math.sqrt(sum));
 *   }
 * }
 * }</pre>
 */
public interface Gauge {
  /** The names of all figures that it may give, in order; without commas. */
  List<String> figures();

  /** Conditions that must be equal for figures to be compared, in one line; empty for none. */
  default String conditions() {
    return "";
  }

  /**
   * The fingerprints of data other than the training's that its figures depend on, by their place
   * in the recipe. {@code run.json} keeps them, and a run is not resumed with other ones: one
   * column would hold figures that cannot be compared.
   */
  default Map<String, String> comparedData() {
    return Map.of();
  }

  /**
   * Whether it measures at a step.
   *
   * @param step from 1
   */
  boolean isDue(long step);

  /**
   * Called before a step at which it is due, with the networks as the last step left them.
   *
   * @param step from 1
   */
  default void before(Training training, long step) {}

  /**
   * Called after that step.
   *
   * @param step from 1
   * @return figures by name; figures that cannot be computed are left out
   */
  Map<String, Double> read(Training training, long step);

  /**
   * Called when the training has ended in any way, after the listeners, to free memory outside the
   * Java heap. The training's engine is still open.
   */
  default void ended() {}
}
