package dev.sparring.plan;

import dev.sparring.init.Initializer;
import dev.sparring.layer.Conditional;
import dev.sparring.layer.Layer;
import dev.sparring.recipe.ConventionResolver;
import dev.sparring.recipe.NetworkSpec;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A network, or a branch inside of one, with every shape, parameter and state worked out, and
 * nothing allocated.
 *
 * @param name what the names of its parameters begin with, e.g. {@code generator}
 * @param input the shape of one input
 * @param layers the layers in their places; a branch may have none
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
   * Every layer in the order in which a forward pass has its output: those inside of a composite
   * stand before it.
   */
  public List<PlannedLayer> everyLayer() {
    return layers.stream().flatMap(PlannedLayer::withInside).toList();
  }

  /** How many numbers the network learns. */
  public long parameterCount() {
    return layers.stream().mapToLong(PlannedLayer::parameterCount).sum();
  }

  /** How many classes of samples its conditional layers tell apart; none if it has none. */
  public OptionalInt classes() {
    return conditional().mapToInt(l -> ((Conditional) l.layer()).knownClasses()).findFirst();
  }

  /** Its layers that look at the classes of samples. */
  public Stream<PlannedLayer> conditional() {
    return everyLayer().stream().filter(l -> l.layer() instanceof Conditional);
  }

  /** Its layers that have a weight themselves, in the order of {@link #everyLayer}. */
  public Stream<PlannedLayer> weighted() {
    return everyLayer().stream().filter(l -> l.weight().isPresent());
  }

  /**
   * The same with all weights drawn by one initializer, whatever the recipe says; but for those
   * that their normalization draws itself.
   */
  public NetworkPlan initializedBy(Initializer initializer) {
    return new NetworkPlan(
        name,
        input,
        layers.stream()
            .map(
                layer ->
                    layer.initializedBy(
                        initializer,
                        layer.branches().stream().map(b -> b.initializedBy(initializer)).toList()))
            .toList());
  }

  /**
   * Works out a network that needs to know nothing beside itself.
   *
   * @param name also the path of the network in the recipe
   * @throws RecipeException at the first layer that does not fit
   */
  public static NetworkPlan of(String name, NetworkSpec spec, Shape input) {
    return of(name, spec, input, PlanContext.none());
  }

  /**
   * Plans a network. What it leaves open is decided by the context's convention.
   *
   * @param name also the path of the network in the recipe
   * @throws RecipeException at the first layer that does not fit
   */
  public static NetworkPlan of(String name, NetworkSpec open, Shape input, PlanContext context) {
    NetworkSpec spec = new ConventionResolver(context.conventions()).network(open);
    return resolved(name, name, spec, input, context);
  }

  /**
   * Plans a network of a resolved recipe.
   *
   * @param place the path of the network in the recipe
   * @throws RecipeException at the first layer that does not fit
   */
  static NetworkPlan resolved(
      String name, String place, NetworkSpec spec, Shape input, PlanContext context) {
    if (spec.layers().isEmpty()) {
      throw new RecipeException(place + ".layers", "a network needs at least one layer");
    }
    return new Planner(spec, context).row(name, place + ".layers", true, input, spec.layers());
  }
}
