package dev.sparring.conformance;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * An operation with inputs at which its gradients are compared with differences of its values.
 *
 * @param name what the test is called
 * @param inputs where to differentiate, in inputs and parameters alike
 * @param operation from inputs to a tensor of any shape
 */
record GradientCase(String name, List<Values> inputs, Operation operation) {
  /** A computation on an engine. */
  interface Operation {
    Tensor apply(Engine engine, List<Tensor> inputs);
  }

  /** The inputs' gradients of a scalar that gives every element of the result another weight. */
  void checkFirst(Engine engine, Layout layout) {
    List<Tensor> at = variables(engine, layout);
    List<Tensor> gradients = engine.gradients(scalar(engine, at), at, false);
    compare(engine, gradients, inputs -> scalar(engine, constants(engine, inputs)).item());
  }

  /** The gradients of a scalar that combines all first gradients with different weights. */
  void checkSecond(Engine engine, Layout layout) {
    List<Tensor> at = variables(engine, layout);
    List<Tensor> gradients = engine.gradients(slope(engine, at, true), at, false);
    compare(
        engine,
        gradients,
        inputs ->
            slope(engine, constants(engine, inputs).stream().map(Tensor::variable).toList(), false)
                .item());
  }

  private interface Scalar {
    double at(List<Values> inputs);
  }

  private void compare(Engine engine, List<Tensor> gradients, Scalar f) {
    double h = 1e-5;
    for (int k = 0; k < inputs.size(); k++) {
      Values input = inputs.get(k);
      double[] found = gradients.get(k).toDoubles();
      org.junit.jupiter.api.Assertions.assertEquals(
          input.shape(), gradients.get(k).shape(), name + ": shape of gradient " + k);
      for (int i = 0; i < found.length; i++) {
        double[] difference = new double[1];
        int index = i;
        int which = k;
        engine.scope(
            () ->
                difference[0] =
                    (f.at(with(which, input.nudged(index, h)))
                            - f.at(with(which, input.nudged(index, -h))))
                        / (2 * h));
        Close.numbers(
            difference[0], found[i], 1e-7, name + ": derivative by input " + k + "[" + i + "]");
      }
    }
  }

  private List<Values> with(int k, Values changed) {
    List<Values> all = new ArrayList<>(inputs);
    all.set(k, changed);
    return all;
  }

  private static List<Tensor> constants(Engine engine, List<Values> inputs) {
    return inputs.stream().map(v -> v.on(engine)).toList();
  }

  private List<Tensor> variables(Engine engine, Layout layout) {
    return inputs.stream().map(v -> layout.of(engine, v).variable()).toList();
  }

  /** sum(c y + y^2) with another c for each element: the square makes linear operations curved. */
  private Tensor scalar(Engine engine, List<Tensor> at) {
    Tensor y = operation.apply(engine, at);
    return y.times(weights(engine, y, 77)).plus(y.square()).sum();
  }

  private Tensor slope(Engine engine, List<Tensor> at, boolean differentiable) {
    Tensor sum = null;
    int seed = 170;
    for (Tensor g : engine.gradients(scalar(engine, at), at, differentiable)) {
      Tensor part = g.times(weights(engine, g, seed++)).sum();
      sum = sum == null ? part : sum.plus(part);
    }
    if (sum == null) {
      throw new IllegalStateException(name + " has no inputs");
    }
    return sum;
  }

  private static Tensor weights(Engine engine, Tensor like, int seed) {
    int[] dims = like.shape().dims().stream().mapToInt(Integer::intValue).toArray();
    return Values.random(seed, dims).on(engine);
  }

  @Override
  public String toString() {
    return name;
  }
}
