package dev.sparring.network;

import dev.sparring.init.WeightSpec;
import dev.sparring.norm.LinearOperator;
import dev.sparring.norm.NormContext;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.NamedTensors;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One use of a layer's normalization.
 *
 * @param layer the layer
 * @param weight the weight to normalize
 * @param parameters of the network, by path
 * @param states of all of the network's normalizations, by path
 */
record NormPass(
    PlannedLayer layer,
    PlannedParameter weight,
    NamedTensors parameters,
    NamedTensors states,
    boolean training,
    Engine engine)
    implements NormContext {
  @Override
  public WeightSpec spec() {
    return weight.normalized();
  }

  @Override
  public @Nullable LinearOperator operator() {
    return layer.layer().operator(layer.input());
  }

  @Override
  public Tensor parameter(String name) {
    return parameters.tensor(layer.path() + "." + name);
  }

  @Override
  public Tensor state(String name) {
    return states.tensor(layer.path() + "." + name);
  }
}
