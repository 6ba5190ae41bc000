package dev.sparring.train;

import java.util.List;

/**
 * Watches the figures of a training for a condition that users should know about. It has a state,
 * and belongs to one training.
 *
 * <p><b>Write your own.</b> A program hands it to {@link Training#watch}. For the command line, a
 * jar names it in {@code META-INF/services/dev.sparring.train.Detector} and comes with {@code
 * --with}; its class and constructor are public then.
 *
 * <pre>{@code
 * class LossIsLarge implements Detector {
 *   private boolean told;
 *
 *   public List<String> hear(Step step) {
 *     if (told || step.figures().get("loss_d") < 10) {
 *       return List.of();
 *     }
 *     told = true;
 *     return List.of("the loss of the discriminator is above 10");
 *   }
 * }
 * }</pre>
 */
public interface Detector {
  /**
   * Is given a step, later than all before; there may be gaps between steps.
   *
   * @return new findings as plain texts; usually empty
   */
  List<String> hear(Step step);
}
