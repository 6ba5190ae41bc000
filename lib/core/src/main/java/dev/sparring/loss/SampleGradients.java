package dev.sparring.loss;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Gradients of the discriminator's scores by its input, sample by sample, which can be
 * differentiated again. Where samples depend on each other through batch statistics, they are
 * gradients of the sum of all scores. Where a sample has several scores (patches), they are
 * gradients of their sum.
 */
final class SampleGradients {
  /**
   * Added under the root of norms, so that the norm's gradient is 0 instead of 0 / 0 where the
   * discriminator is flat. Far below the last digit of any relevant square.
   */
  private static final double UNDER_ROOT = 1e-30;

  private SampleGradients() {}

  /**
   * |grad D(x)|^2 of each sample, (N, 1).
   *
   * @param scores of these samples, which can be differentiated by them
   */
  static Tensor squaresOf(Engine engine, Tensor scores, Tensor x) {
    Tensor gradient = engine.gradients(scores.sum(), List.of(x), true).get(0);
    int n = x.shape().dim(0);
    return gradient.reshape(Shape.of(n, x.shape().elements() / n)).square().sum(1);
  }

  /** The roots of these. */
  static Tensor lengths(Engine engine, Tensor scores, Tensor x) {
    return squaresOf(engine, scores, x).plus(UNDER_ROOT).sqrt();
  }

  /** |grad D(x)| of each sample in a pass of its own, (N, 1). */
  static Tensor norms(Engine engine, UnaryOperator<Tensor> scores, Tensor x) {
    Tensor at = x.variable();
    return lengths(engine, scores.apply(at), at);
  }

  /** The mean of (|grad D(x)| - 1)^2. */
  static Tensor awayFromOne(DiscriminatorTerm.Update update, Tensor x) {
    return awayFromOne(update, update::scores, x);
  }

  /** The same by other scores. */
  static Tensor awayFromOne(
      DiscriminatorTerm.Update update, UnaryOperator<Tensor> scores, Tensor x) {
    return norms(update.engine(), scores, x).plus(-1).square().mean();
  }
}
