package dev.sparring.augment;

import dev.sparring.random.RandomStream;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * A random change of real and generated samples before the discriminator sees them. It is
 * differentiable, so that the generator learns through it (Zhao et al., arXiv:2006.10738, equations
 * 4 and 5).
 *
 * <p><b>Write your own.</b> This one moves every point by a random amount of its own:
 *
 * <pre>{@code
 * record Jitter(double most) implements Augmentation {
 *   public Tensor apply(Tensor x, RandomStream random, Engine engine, long step) {
 *     double[] shifts = new double[x.shape().dim(0)];
 *     Arrays.setAll(shifts, i -> random.uniform(-most, most));
 *     return x.plus(engine.upload(shifts, Shape.of(shifts.length, 1)));
 *   }
 *
 *   public void check(Shape sample) {
 *     if (sample.rank() != 1) {
 *       throw new IllegalArgumentException("jitter needs points (F), got " + sample);
 *     }
 *   }
 * }
 * }</pre>
 */
public interface Augmentation {
  /**
   * Changed samples of the same shape.
   *
   * @param x (N, ...)
   * @param random random numbers of this augmentation for this batch
   * @param step the step of the training, from 1
   */
  Tensor apply(Tensor x, RandomStream random, Engine engine, long step);

  /**
   * Checks that it can change samples of this shape.
   *
   * @throws IllegalArgumentException if it cannot; the message says what it needs and what it got
   */
  void check(Shape sample);
}
