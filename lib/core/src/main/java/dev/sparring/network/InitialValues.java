package dev.sparring.network;

import dev.sparring.init.Initializer;
import dev.sparring.layer.Role;
import dev.sparring.norm.NormTensor;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A trial of a recipe's initializers, without an engine: each draws the smallest parameter of each
 * kind that it is used for, with the numbers that the run would have. It finds initializers that
 * fail, that return numbers which are not finite, and zeros that a normalization cannot divide by
 * the length of, before a run is begun.
 */
public final class InitialValues {
  /** Larger parameters are not tried: an orthogonal matrix of that size takes some milliseconds. */
  private static final int MOST = 1 << 14;

  private InitialValues() {}

  /**
   * Tries the initializers.
   *
   * @throws dev.sparring.recipe.RecipeException at the first layer whose initializer fails;
   *     networks of the same recipe would throw it too when they are created
   */
  public static void check(GamePlan plan) {
    Seed seed = plan.recipe().train().runSeeds().weights();
    Stream.of(plan.generator(), plan.discriminator())
        .forEach(network -> check(network, seed, plan));
  }

  private static void check(NetworkPlan network, Seed seed, GamePlan plan) {
    Map<Use, Runnable> trials = new LinkedHashMap<>();
    Map<Use, Integer> sizes = new HashMap<>();
    for (PlannedLayer layer : network.everyLayer()) {
      for (PlannedParameter p : layer.parameters()) {
        boolean divided = p.parameter().role() == Role.WEIGHT && layer.norm().dividesByLength();
        Use use = new Use(p.initializer(), p.parameter().shape().rank(), divided);
        if (isSmallest(sizes, use, p.parameter().shape())) {
          trials.put(
              use,
              () ->
                  Network.firstValues(
                      layer, p, Network.stream(seed, p.path()), plan.recipe().train().precision()));
        }
      }
      for (NormTensor state : layer.normStates()) {
        Use use = new Use(state.initializer(), state.shape().rank(), false);
        if (isSmallest(sizes, use, state.shape())) {
          trials.put(use, () -> Network.firstValues(layer, state, seed));
        }
      }
    }
    trials.values().forEach(Runnable::run);
  }

  private static boolean isSmallest(Map<Use, Integer> sizes, Use use, Shape shape) {
    int size = shape.elements();
    if (size > MOST || size >= sizes.getOrDefault(use, Integer.MAX_VALUE)) {
      return false;
    }
    sizes.put(use, size);
    return true;
  }

  /** What initializers may distinguish. */
  private record Use(Initializer initializer, int rank, boolean needsDirection) {}
}
