package dev.sparring.diagnose;

import dev.sparring.layer.Composite;
import dev.sparring.layer.Layer;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A bound of how steep a network is anywhere: the product over its layers of {@link Layer#stretch}
 * and the largest singular value of the weight; layers of layers say what becomes of their
 * branches' bounds ({@link Composite#stretchOf}), such as the sum of both for residual ones. Two
 * inputs at distance 1 have outputs that are at most this far apart, so no gradient of a score by a
 * sample is longer.
 *
 * <p>It is what spectral normalization bounds (Miyato et al., arXiv:1802.05957, equation 6; Liu et
 * al., arXiv:2009.02773, section 3), with one correction: the singular value of a convolution's
 * reshaped kernel is not that of the map, in which a pixel is in several windows; the map's is at
 * most ceil(kernel / stride) times as large.
 */
public final class SlopeBound {
  private SlopeBound() {}

  /**
   * The bound with the weights of a moment.
   *
   * @param sigma the largest singular value of the normalized weight of a layer that has one, as a
   *     matrix outputs x rest
   * @return empty if a layer has no bound, such as batch normalization
   */
  public static OptionalDouble of(NetworkPlan network, ToDoubleFunction<PlannedLayer> sigma) {
    double bound = 1;
    for (PlannedLayer layer : network.layers()) {
      OptionalDouble own = of(layer, sigma);
      if (own.isEmpty()) {
        return OptionalDouble.empty();
      }
      bound *= own.getAsDouble();
    }
    return OptionalDouble.of(bound);
  }

  /**
   * The bound of the gradient of the sum of a discriminator's scores, which are several for one
   * sample where it judges patches.
   *
   * @param sigma as in {@link #of}
   */
  public static OptionalDouble ofScores(
      NetworkPlan discriminator, ToDoubleFunction<PlannedLayer> sigma) {
    double scores = Math.sqrt(discriminator.output().elements());
    OptionalDouble bound = of(discriminator, sigma);
    return bound.isEmpty() ? bound : OptionalDouble.of(bound.getAsDouble() * scores);
  }

  /**
   * The bound of scores that holds whatever is learnt, as far as power iteration follows the
   * weights: that of normalizations that fix the singular value.
   *
   * @return empty if a weight or a layer has none
   */
  public static OptionalDouble always(NetworkPlan network) {
    boolean isFixed = network.weighted().allMatch(l -> l.norm().spectralCeiling().isPresent());
    return isFixed
        ? ofScores(network, layer -> layer.norm().spectralCeiling().orElseThrow())
        : OptionalDouble.empty();
  }

  /**
   * Whether the slopes of a recipe's discriminator are bounded so: by the samples as they are, and
   * of scores as the network makes them.
   */
  static boolean isThere(Recipe recipe, NetworkPlan discriminator) {
    return recipe.augment().isEmpty()
        && recipe.discriminator().output() == null
        && of(discriminator, layer -> 1).isPresent();
  }

  private static OptionalDouble of(PlannedLayer layer, ToDoubleFunction<PlannedLayer> sigma) {
    if (layer.layer() instanceof Composite composite) {
      List<Double> branches = new ArrayList<>();
      for (NetworkPlan branch : layer.branches()) {
        OptionalDouble own = of(branch, sigma);
        if (own.isEmpty()) {
          return OptionalDouble.empty();
        }
        branches.add(own.getAsDouble());
      }
      return composite.stretchOf(branches);
    }
    OptionalDouble stretch = layer.layer().stretch(layer.input());
    if (stretch.isEmpty() || layer.weight().isEmpty()) {
      return stretch;
    }
    return OptionalDouble.of(stretch.getAsDouble() * sigma.applyAsDouble(layer));
  }
}
