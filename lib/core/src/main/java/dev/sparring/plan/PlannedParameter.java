package dev.sparring.plan;

import dev.sparring.init.Initializer;
import dev.sparring.init.WeightSpec;
import dev.sparring.layer.Parameter;

/**
 * A parameter with everything that its first values depend on.
 *
 * @param path its name in the network and in files, e.g. {@code generator.2.weight}
 * @param parameter what the layer declared
 * @param initializer the one that won: the layer's, its kind's or the network's
 * @param weight what the initializer is told
 */
public record PlannedParameter(
    String path, Parameter parameter, Initializer initializer, WeightSpec weight) {
  /**
   * What a weight's normalization is told: like {@link #weight}, but with the dimension that counts
   * the layer's outputs, which a fan rule may see elsewhere.
   */
  public WeightSpec normalized() {
    return new WeightSpec(parameter.shape(), parameter.outputAxis(), weight.fans(), weight.gain());
  }

  PlannedParameter initializer(Initializer initializer) {
    return new PlannedParameter(path, parameter, initializer, weight);
  }
}
