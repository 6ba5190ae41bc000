package dev.sparring.conformance;

import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A loss with nearly every operation of the engine interface, and its gradients. */
final class NetworkStep {
  private NetworkStep() {}

  /** Kernels of a convolution and of a transposed one, and a batch normalization's scale. */
  static List<Tensor> weights(Engine e) {
    return List.of(
        Values.random(1, 4, 2, 3, 3).on(e).variable(),
        Values.random(2, 4, 2, 3, 3).on(e).variable(),
        Values.random(3, 4).scaled(0.1, 1).on(e).variable());
  }

  /**
   * The loss.
   *
   * @param images (2, 2, 5, 6)
   */
  static Tensor loss(Engine e, List<Tensor> weights, Values images) {
    Tensor x = images.on(e);
    Tensor scale = weights.get(2);
    Tensor hidden =
        x.conv2d(weights.get(0), scale, 2, 1)
            .batchNorm(scale, null, e.full(0, Shape.of(4)), e.full(1, Shape.of(4)), true, 0.1, 1e-3)
            .leakyRelu(0.2);
    Tensor back = hidden.convTranspose2d(weights.get(1), null, 2, 1, 1);
    Tensor parts =
        back.elu(1)
            .concat(List.of(back.tanh(), back.gelu(), back.silu()), 1)
            .slice(1, 1, 5)
            .slice(2, 1, 4);
    Tensor pooled =
        parts.avgPool2d(2, 2).plus(parts.maxPool2d(2, 2)).minus(parts.abs().maxPool2d(2, 2));
    Tensor rows = pooled.upsampleNearest2d(2).permute(0, 2, 3, 1).reshape(Shape.of(8, 30));
    Tensor products = rows.matmul(rows.permute(1, 0)).softplus().plus(1).sqrt().log();
    return products
        .div(rows.square().sum(1).plus(1))
        .sum()
        .plus(hidden.relu().sigmoid().sum(0, 2, 3).exp().mean());
  }

  /** The gradients of the loss, and those of the sum of their squares. */
  static List<double[]> gradients(Engine e, Values images) {
    List<Tensor> weights = weights(e);
    boolean twice = e.abilities().contains(Ability.SECOND_DERIVATIVES);
    List<Tensor> gradients = e.gradients(loss(e, weights, images), weights, twice);
    List<double[]> all = new ArrayList<>();
    gradients.forEach(g -> all.add(g.toDoubles()));
    if (twice) {
      Tensor squares = gradients.get(0).square().sum().plus(gradients.get(1).square().sum());
      e.gradients(squares, weights, false).forEach(g -> all.add(g.toDoubles()));
    }
    return all;
  }
}
