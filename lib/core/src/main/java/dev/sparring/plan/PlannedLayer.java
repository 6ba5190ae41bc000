package dev.sparring.plan;

import dev.sparring.init.DataDependent;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Role;
import dev.sparring.layer.State;
import dev.sparring.norm.NormTensor;
import dev.sparring.norm.WeightNorm;
import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A layer in its place in a network.
 *
 * @param path its name in the network and in files, e.g. {@code generator.2}
 * @param place its place in the recipe, e.g. {@code generator.layers.2}; for a layer created by
 *     another layer, the place of that one
 * @param layer its settings, with all defaults filled in
 * @param input the shape of one sample before it
 * @param output the shape of one sample after it
 * @param parameters its own learnt parameters, including those of its normalization, without those
 *     of layers inside it
 * @param states the states that it keeps from pass to pass
 * @param norm how its weight is normalized; {@code none} if it has no weight
 * @param normOrigin who decides the norm
 * @param branches the branches inside it; empty for all but composites
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
    Origin normOrigin,
    List<NetworkPlan> branches) {
  /** Copies the lists. */
  public PlannedLayer {
    parameters = List.copyOf(parameters);
    states = List.copyOf(states);
    branches = List.copyOf(branches);
  }

  /** The weight of its linear map, which {@link #norm} normalizes, if it has one itself. */
  public Optional<PlannedParameter> weight() {
    for (PlannedParameter p : parameters) {
      if (p.parameter().role() == Role.WEIGHT) {
        return Optional.of(p);
      }
    }
    return Optional.empty();
  }

  /** The states that its normalization keeps from pass to pass. */
  public List<NormTensor> normStates() {
    return weight().map(w -> norm.states(w.normalized(), layer.operator(input))).orElse(List.of());
  }

  /** The paths of all tensors that its normalization has beside the weight, learnt or kept. */
  public List<String> normTensors() {
    return Stream.concat(
            parameters.stream()
                .filter(p -> p.origin() == Origin.NORM && p.parameter().role() == Role.SCALE)
                .map(PlannedParameter::path),
            normStates().stream().map(state -> path + "." + state.name()))
        .toList();
  }

  /** What sets its weight or the parameters of its normalization from a first batch, if any. */
  public Optional<DataDependent> fromFirstBatch() {
    return weight()
        .flatMap(
            w ->
                w.initializer() instanceof DataDependent d
                    ? Optional.of(d)
                    : norm.fromFirstBatch());
  }

  /** The number of learnt parameters, including those of layers inside it. */
  public long parameterCount() {
    long own = parameters.stream().mapToLong(p -> p.parameter().shape().elements()).sum();
    return own + branches.stream().mapToLong(NetworkPlan::parameterCount).sum();
  }

  /**
   * The multiply-adds of one sample's forward pass, as {@link Layer#multiplyAdds} counts them,
   * without those of layers inside it.
   */
  public long multiplyAdds() {
    return layer.multiplyAdds(input);
  }

  /** Adds every layer inside it in the order of the forward pass, and then the layer itself. */
  void addWithInside(List<PlannedLayer> all) {
    branches.forEach(branch -> branch.layers().forEach(layer -> layer.addWithInside(all)));
    all.add(this);
  }

  PlannedLayer parameters(List<PlannedParameter> parameters) {
    return new PlannedLayer(
        path, place, layer, input, output, parameters, states, norm, normOrigin, branches);
  }

  /** The same with other parameters, here and in all layers inside it. */
  PlannedLayer deeply(BiFunction<PlannedLayer, PlannedParameter, PlannedParameter> change) {
    return new PlannedLayer(
        path,
        place,
        layer,
        input,
        output,
        parameters.stream().map(p -> change.apply(this, p)).toList(),
        states,
        norm,
        normOrigin,
        branches.stream().map(b -> b.deeply(change)).toList());
  }
}
