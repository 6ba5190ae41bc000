package dev.sparring.conformance;

import dev.sparring.init.Fans;
import dev.sparring.init.WeightSpec;
import dev.sparring.norm.NormContext;
import dev.sparring.norm.NormTensor;
import dev.sparring.norm.WeightNorm;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.NamedTensors;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The context of a normalization outside any network. */
record NormUnderTest(
    WeightSpec spec, NamedTensors parameters, NamedTensors states, boolean training, Engine engine)
    implements NormContext {
  /** With the initial values of the tensors that a normalization keeps beside a weight. */
  static NormUnderTest of(WeightNorm norm, Engine engine, Shape weight, int outputAxis) {
    WeightSpec spec = new WeightSpec(weight, outputAxis, new Fans(1, 1), 1);
    return new NormUnderTest(
        spec, drawn(norm.parameters(spec), engine), drawn(norm.states(spec), engine), true, engine);
  }

  private static NamedTensors drawn(List<NormTensor> declared, Engine engine) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (NormTensor t : declared) {
      double[] values = t.draw(new Seed(1).stream("initialize " + t.name()));
      tensors.put(t.name(), engine.upload(values, t.shape()));
    }
    return NamedTensors.of(tensors);
  }

  NormUnderTest training(boolean training) {
    return new NormUnderTest(spec, parameters, states, training, engine);
  }

  NormUnderTest parameters(Map<String, Tensor> parameters) {
    return new NormUnderTest(spec, NamedTensors.of(parameters), states, training, engine);
  }

  NormUnderTest states(Map<String, Tensor> states) {
    return new NormUnderTest(spec, parameters, NamedTensors.of(states), training, engine);
  }

  @Override
  public Tensor parameter(String name) {
    return parameters.tensor(name);
  }

  @Override
  public Tensor state(String name) {
    return states.tensor(name);
  }
}
