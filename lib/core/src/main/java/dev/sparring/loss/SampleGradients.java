package dev.sparring.loss;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * Gradients of the discriminator's scores by its input, sample by sample, which can be
 * differentiated again. Where samples see each other, through batch statistics, they are those of
 * the sum of all scores.
 */
final class SampleGradients {
  private SampleGradients() {}

  /** |grad D(x)|^2 of each sample, (N, 1). */
  static Tensor squares(DiscriminatorTerm.Update update, Tensor x) {
    Tensor at = x.variable();
    Tensor gradient = update.engine().gradients(update.scores(at).sum(), List.of(at), true).get(0);
    int n = x.shape().dim(0);
    return gradient.reshape(Shape.of(n, x.shape().elements() / n)).square().sum(1);
  }

  /** |grad D(x)| of each sample, (N, 1). */
  static Tensor norms(DiscriminatorTerm.Update update, Tensor x) {
    return squares(update, x).sqrt();
  }
}
