package dev.sparring.plan;

import dev.sparring.init.Initializer;
import dev.sparring.init.Position;
import dev.sparring.init.WeightSpec;
import dev.sparring.layer.Parameter;

/**
 * A parameter with everything that its initial values depend on.
 *
 * @param path its name in the network and in files, e.g. {@code generator.2.weight}
 * @param parameter the parameter as declared by the layer
 * @param initializer its initializer: the layer's, else its kind's, else the network's
 * @param origin who decides the initializer
 * @param weight the specification for the initializer
 * @param rate factor on the optimizer's learning rate
 */
public record PlannedParameter(
    String path,
    Parameter parameter,
    Initializer initializer,
    Origin origin,
    WeightSpec weight,
    double rate) {
  /**
   * The specification for a weight's normalization: like {@link #weight}, but always with the
   * dimension of the layer's outputs, which a fan rule may change.
   */
  public WeightSpec normalized() {
    return new WeightSpec(parameter.shape(), parameter.outputAxis(), weight.fans(), weight.gain());
  }

  /** The same drawn in the way of its place. */
  PlannedParameter at(Position position) {
    Initializer there = initializer.at(position);
    return new PlannedParameter(path, parameter, there, origin, weight, rate);
  }

  /** The same as if the network said so. */
  PlannedParameter initializer(Initializer initializer) {
    return new PlannedParameter(path, parameter, initializer, Origin.NETWORK, weight, rate);
  }
}
