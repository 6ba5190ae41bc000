package dev.sparring.network;

import dev.sparring.layer.Layer;
import dev.sparring.layer.State;
import dev.sparring.norm.WeightNorm;
import dev.sparring.tensor.Shape;
import java.util.List;

/**
 * A layer in its place.
 *
 * @param path its name in the network and in files, e.g. {@code generator.2}
 * @param layer its settings
 * @param input the shape of one sample before it
 * @param output the shape of one sample behind it
 * @param parameters what it learns
 * @param states what it carries from pass to pass
 * @param norm how its weight is normalized; none where it has no weight
 */
public record PlannedLayer(
    String path,
    Layer layer,
    Shape input,
    Shape output,
    List<PlannedParameter> parameters,
    List<State> states,
    WeightNorm norm) {
  /** How many numbers it learns. */
  public long parameterCount() {
    return parameters.stream().mapToLong(p -> p.parameter().shape().elements()).sum();
  }

  /** The multiply-adds of one sample's forward pass, as {@link Layer#multiplyAdds} counts them. */
  public long multiplyAdds() {
    return layer.multiplyAdds(input);
  }

  PlannedLayer parameters(List<PlannedParameter> parameters) {
    return new PlannedLayer(path, layer, input, output, parameters, states, norm);
  }
}
