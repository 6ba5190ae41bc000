package dev.sparring.plan;

import dev.sparring.init.Initializer;
import dev.sparring.layer.Conditional;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Role;
import dev.sparring.recipe.ConventionResolver;
import dev.sparring.recipe.NetworkSpec;
import dev.sparring.recipe.Problem;
import dev.sparring.recipe.RecipeException;
import dev.sparring.recipe.RecipeSize;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A planned network, or a branch inside a network: every shape, parameter and state is known, and
 * nothing is allocated.
 *
 * @param name prefix of its parameters' names, e.g. {@code generator}
 * @param input the shape of one input
 * @param layers the planned layers; a branch may have none
 */
public record NetworkPlan(String name, Shape input, List<PlannedLayer> layers) {
  /** Copies the layers. */
  public NetworkPlan {
    layers = List.copyOf(layers);
  }

  /** The shape of one output. */
  public Shape output() {
    return layers.isEmpty() ? input : layers.get(layers.size() - 1).output();
  }

  /** The settings of its last layer; a branch may have none. */
  public Layer last() {
    return layers.get(layers.size() - 1).layer();
  }

  /**
   * Every layer in the order in which a forward pass computes its output: layers inside a composite
   * come before it.
   */
  public List<PlannedLayer> everyLayer() {
    List<PlannedLayer> all = new ArrayList<>();
    layers.forEach(layer -> layer.addWithInside(all));
    return List.copyOf(all);
  }

  /** The factors on the learning rate that are not 1, by the path of the parameter. */
  public Map<String, Double> rates() {
    Map<String, Double> rates = new HashMap<>();
    for (PlannedLayer layer : everyLayer()) {
      for (PlannedParameter p : layer.parameters()) {
        if (p.rate() != 1) {
          rates.put(p.path(), p.rate());
        }
      }
    }
    return rates;
  }

  /** The number of learnt parameters. */
  public long parameterCount() {
    return layers.stream().mapToLong(PlannedLayer::parameterCount).sum();
  }

  /** The number of classes of its conditional layers; empty if it has none. */
  public OptionalInt classes() {
    return conditional().mapToInt(l -> ((Conditional) l.layer()).knownClasses()).findFirst();
  }

  /** Its conditional layers. */
  public Stream<PlannedLayer> conditional() {
    return everyLayer().stream().filter(l -> l.layer() instanceof Conditional);
  }

  /** Its layers that have a weight themselves, in the order of {@link #everyLayer}. */
  public Stream<PlannedLayer> weighted() {
    return everyLayer().stream().filter(l -> l.weight().isPresent());
  }

  /**
   * The same with one initializer for all weights, except those that their normalization draws.
   *
   * @throws RecipeException at the first layer whose weight it cannot draw
   */
  public NetworkPlan initializedBy(Initializer initializer) {
    return Positions.placed(
        deeply(
            (layer, p) ->
                p.parameter().role() == Role.WEIGHT && layer.norm().initializer() == null
                    ? drawnBy(initializer, layer, p)
                    : p));
  }

  private static PlannedParameter drawnBy(
      Initializer initializer, PlannedLayer layer, PlannedParameter weight) {
    try {
      Planner.needFit(initializer, weight.weight(), layer.norm());
    } catch (IllegalArgumentException e) {
      throw new RecipeException(
          new Problem(layer.place(), layer.layer().summary() + " " + e.getMessage()), e);
    }
    return weight.initializer(initializer);
  }

  /** The same with other parameters. */
  NetworkPlan deeply(BiFunction<PlannedLayer, PlannedParameter, PlannedParameter> change) {
    return new NetworkPlan(name, input, layers.stream().map(l -> l.deeply(change)).toList());
  }

  /**
   * Plans a network that uses no blocks and no labels.
   *
   * @param name name of the network, and its path in the recipe
   * @throws RecipeException at the first layer that does not fit
   */
  public static NetworkPlan of(String name, NetworkSpec spec, Shape input) {
    return of(name, spec, input, PlanContext.none());
  }

  /**
   * Plans a network. Open settings are decided by the context's convention.
   *
   * @param name name of the network, and its path in the recipe
   * @throws RecipeException at the first layer that does not fit
   */
  public static NetworkPlan of(String name, NetworkSpec open, Shape input, PlanContext context) {
    RecipeSize.check(name + ".layers", open.layers(), context.blocks());
    NetworkSpec spec = new ConventionResolver(context.conventions()).network(open);
    return resolved(name, name, open, spec, input, context);
  }

  /**
   * Plans a network of a resolved recipe.
   *
   * @param place the path of the network in the recipe
   * @param written the network before its convention was written out
   * @throws RecipeException at the first layer that does not fit
   */
  static NetworkPlan resolved(
      String name,
      String place,
      NetworkSpec written,
      NetworkSpec spec,
      Shape input,
      PlanContext context) {
    if (spec.layers().isEmpty()) {
      throw new RecipeException(place + ".layers", "a network needs at least one layer");
    }
    return Positions.placed(
        new Planner(written, spec, context)
            .row(name, place + ".layers", true, input, spec.layers()));
  }
}
