package dev.sparring.train;

import dev.sparring.plan.DirectionPlan;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.recipe.Train;

/**
 * The floating-point operations of one step of training, counted from shapes.
 *
 * <p>Counted are the products of dense, convolutional and transposed convolutional layers, two
 * operations for each multiply-add, taps on padding included ({@link
 * dev.sparring.layer.Layer#multiplyAdds}). A layer has three products of equal size: its output,
 * the gradient by its weight, and the gradient by its input. The latter is computed only if
 * something before the layer learns. So for each sample, or share of a pack,
 *
 * <ul>
 *   <li>an update of the discriminator is a forward pass of the generator and, for the real and the
 *       generated sample each, a forward pass of the discriminator, the gradients by all its
 *       weights and by the inputs of all layers after the first that learns;
 *   <li>an update of the generator is a forward pass of both, the gradients by the inputs of all
 *       layers of the discriminator, by all weights of the generator and by the inputs of its
 *       layers after the first that learns.
 * </ul>
 *
 * <p>Not counted are biases, activations, batch normalization, pooling, the power iterations of
 * spectral normalization, losses and optimizers: their work grows with the number of values or
 * weights, not with products of the two. Nor are terms with passes of their own, and the
 * generator's pass of real samples for a relativistic loss.
 */
public final class StepFlops {
  private StepFlops() {}

  /**
   * The operations of one step: {@code discriminatorSteps} and {@code generatorSteps} updates, each
   * with {@code accumulate} batches.
   *
   * @return a whole number, exact up to 2^53
   */
  public static double of(GamePlan plan) {
    return plan.directions().stream().mapToDouble(direction -> of(plan, direction)).sum();
  }

  private static double of(GamePlan plan, DirectionPlan direction) {
    NetworkPlan maker = direction.generator();
    NetworkPlan judge = direction.discriminator();
    Train train = plan.recipe().train();
    double generator = multiplyAdds(maker);
    double generatorInputs = byInputs(maker);
    double discriminator = multiplyAdds(judge);
    double discriminatorInputs = byInputs(judge);
    double packing = plan.recipe().discriminator().packing();
    double discriminatorUpdate =
        generator + 2 * (2 * discriminator + discriminatorInputs) / packing;
    double generatorUpdate = 2 * generator + generatorInputs + 2 * discriminator / packing;
    double all =
        train.discriminatorSteps() * discriminatorUpdate * train.batch()
            + train.generatorSteps() * generatorUpdate * train.generatorBatchOrDefault();
    return 2 * all * train.accumulate();
  }

  private static double multiplyAdds(NetworkPlan network) {
    return network.everyLayer().stream().mapToDouble(PlannedLayer::multiplyAdds).sum();
  }

  private static double byInputs(NetworkPlan network) {
    return byInputs(network, false).products();
  }

  /**
   * Products of gradients by inputs.
   *
   * @param learns whether anything among the layers learns
   */
  private record ByInputs(double products, boolean learns) {}

  /**
   * The products of gradients by inputs, in one pass over the layers.
   *
   * @param wanted whether something before these layers learns
   */
  private static ByInputs byInputs(NetworkPlan row, boolean wanted) {
    double sum = 0;
    boolean learns = false;
    for (PlannedLayer layer : row.layers()) {
      boolean before = wanted || learns;
      boolean inside = false;
      for (NetworkPlan branch : layer.branches()) {
        ByInputs own = byInputs(branch, before);
        sum += own.products();
        inside |= own.learns();
      }
      // The products of a composite are computed from the outputs of its branches.
      sum += before || inside ? layer.multiplyAdds() : 0;
      learns |= inside || !layer.parameters().isEmpty();
    }
    return new ByInputs(sum, learns);
  }
}
