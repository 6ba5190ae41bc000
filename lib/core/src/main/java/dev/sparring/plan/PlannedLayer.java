package dev.sparring.plan;

import dev.sparring.layer.Layer;
import dev.sparring.layer.State;
import dev.sparring.norm.WeightNorm;
import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * A layer in its place.
 *
 * @param path its name in the network and in files, e.g. {@code generator.2}
 * @param place where the recipe has it, e.g. {@code generator.layers.2}; for a layer that another
 *     has made, that one's place
 * @param layer its settings, with everything known that the recipe leaves to its surroundings
 * @param input the shape of one sample before it
 * @param output the shape of one sample behind it
 * @param parameters what it learns itself, without what is inside of it
 * @param states what it carries from pass to pass
 * @param norm how its weight is normalized; none where it has no weight
 * @param branches what is inside of it; none for all but composites
 */
public record PlannedLayer(
    String path,
    String place,
    Layer layer,
    Shape input,
    Shape output,
    List<PlannedParameter> parameters,
    List<State> states,
    WeightNorm norm,
    List<NetworkPlan> branches) {
  /** Copies the lists. */
  public PlannedLayer {
    parameters = List.copyOf(parameters);
    states = List.copyOf(states);
    branches = List.copyOf(branches);
  }

  /** How many numbers it learns, with what is inside of it. */
  public long parameterCount() {
    return withInside()
        .flatMap(layer -> layer.parameters().stream())
        .mapToLong(p -> p.parameter().shape().elements())
        .sum();
  }

  /**
   * The multiply-adds of one sample's forward pass, as {@link Layer#multiplyAdds} counts them,
   * without what is inside of it.
   */
  public long multiplyAdds() {
    return layer.multiplyAdds(input);
  }

  /** Every layer inside of it in the order of the forward pass, and then it itself. */
  Stream<PlannedLayer> withInside() {
    return Stream.concat(
        branches.stream().flatMap(b -> b.layers().stream()).flatMap(PlannedLayer::withInside),
        Stream.of(this));
  }

  PlannedLayer with(List<PlannedParameter> parameters, List<NetworkPlan> branches) {
    return new PlannedLayer(path, place, layer, input, output, parameters, states, norm, branches);
  }
}
