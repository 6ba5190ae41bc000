package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;

/**
 * Gradient normalization (Wu, Shuai, Tam and Chiu, "Gradient normalization for generative
 * adversarial networks", arXiv:2109.02235, equation 9): a score f is used as f / (|grad f| + |f|),
 * with the gradient by the sample. It lies between -1 and 1, and for a discriminator of ReLUs its
 * slope is at most 1 everywhere, whatever the weights are.
 *
 * <p>Gradients flow through the denominator too, in the updates of both networks, so that it costs
 * a second differentiation in each and needs an engine with second derivatives. The gradient is
 * that by what the discriminator sees, augmented and packed. Samples must not depend on each other:
 * without batch normalization and minibatch deviation in the discriminator.
 *
 * <p>The authors' settings: non-saturating loss on these scores, Adam with rate 2e-4, betas 0 and
 * 0.9, one update of each network in turn, an average of the generator of 0.9999. The scores are
 * small, so that losses stay near those of scores of 0. Terms such as {@code gradientPenalty}
 * differentiate these scores, not those of the network.
 */
@Word("gradientNorm")
public record GradientNorm() implements DiscriminatorOutput {
  /** Gradient normalization. */
  @Defaults
  public static GradientNorm gradientNorm() {
    return new GradientNorm();
  }

  @Override
  public Tensor scores(Tensor scores, Tensor x, Engine engine) {
    Tensor length = SampleGradients.lengths(engine, scores, x).reshape(scores.shape());
    return scores.div(length.plus(scores.abs()));
  }

  @Override
  public boolean needsSecondDerivatives() {
    return true;
  }

  @Override
  public boolean boundsSlope() {
    return true;
  }
}
