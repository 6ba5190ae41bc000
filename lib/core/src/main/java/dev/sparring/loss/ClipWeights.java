package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * Clips the discriminator's parameters to [-limit, limit] after each of its updates, which makes it
 * Lipschitz (Arjovsky, Chintala and Bottou, arXiv:1701.07875, algorithm 1).
 *
 * <p>All parameters, as in the paper's code: biases, and scales and shifts of normalizations too.
 * Spectrally normalized weights are clipped raw, before they are normalized. Initial weights are
 * not clipped before the first update.
 *
 * @param limit c in the paper, above 0
 */
@Word("clipWeights")
public record ClipWeights(double limit) implements Constraint {
  /** Checks the limit. */
  public ClipWeights {
    Require.positive("limit", limit);
  }

  /** The paper's limit, 0.01. */
  @Defaults
  public static ClipWeights clipWeights() {
    return new ClipWeights(0.01);
  }

  /** With this limit. */
  public static ClipWeights clipWeights(double limit) {
    return new ClipWeights(limit);
  }

  @Override
  public Tensor apply(Tensor parameter) {
    // Subtracts 0 from values within the limit, which therefore keep every bit.
    Tensor above = parameter.plus(-limit).relu();
    Tensor below = parameter.neg().plus(-limit).relu();
    return parameter.minus(above).plus(below);
  }
}
