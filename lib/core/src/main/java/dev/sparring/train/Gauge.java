package dev.sparring.train;

import java.util.List;
import java.util.Map;

/**
 * Measures something of a training at the steps at which it is due. What it finds is among the
 * {@link Step#figures} of that step.
 *
 * <p>A gauge looks and does not touch: the run goes on bit for bit as it would without it.
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
  /** The names of all figures that it may ever give, in their order; none has a comma. */
  List<String> figures();

  /** What one has to know to compare its figures with others', in one line; empty for nothing. */
  default String conditions() {
    return "";
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
   * Called behind that step.
   *
   * @param step from 1
   * @return figures by name; what cannot be told is left out
   */
  Map<String, Double> read(Training training, long step);

  /**
   * Called once the training has ended, however it did, behind the listeners: to free what the
   * gauge holds beside Java's memory. The training's engine is open still.
   */
  default void ended() {}
}
