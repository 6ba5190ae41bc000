package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An operation with inputs at which its gradients are compared with differences of its values.
 *
 * @param name what the test is called
 * @param inputs where to differentiate, in inputs and parameters alike
 * @param operation from inputs to a tensor of any shape
 */
record GradientCase(String name, List<Values> inputs, Operation operation) {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-7;

  /** Numbers of an input that is differentiated number by number. */
  private static final int FEW = 12;

  private static final int DIRECTIONS = 4;

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

  /**
   * Small inputs number by number, larger ones along a few directions in which every number takes
   * part: a wrong one is seen in all of them, and is looked for then.
   */
  private void compare(Engine engine, List<Tensor> gradients, Scalar f) {
    for (int k = 0; k < inputs.size(); k++) {
      assertEquals(
          inputs.get(k).shape(), gradients.get(k).shape(), name + ": shape of gradient " + k);
      double[] found = gradients.get(k).toDoubles();
      if (found.length <= FEW) {
        compareEach(engine, k, found, f);
        continue;
      }
      for (int seed = 0; seed < DIRECTIONS; seed++) {
        double[] direction = direction(seed, found.length);
        double slope = 0;
        for (int i = 0; i < found.length; i++) {
          slope += found[i] * direction[i];
        }
        double difference = difference(engine, k, direction, f);
        if (!Close.are(difference, slope, TOLERANCE)) {
          compareEach(engine, k, found, f);
          Close.numbers(
              difference, slope, TOLERANCE, name + ": input " + k + " along direction " + seed);
        }
      }
    }
  }

  private void compareEach(Engine engine, int k, double[] found, Scalar f) {
    for (int i = 0; i < found.length; i++) {
      double[] direction = new double[found.length];
      direction[i] = 1;
      Close.numbers(
          difference(engine, k, direction, f),
          found[i],
          TOLERANCE,
          name + ": derivative by input " + k + "[" + i + "]");
    }
  }

  /** Of length 1, no number near 0. */
  private static double[] direction(int seed, int length) {
    double[] direction = Values.random(500 + seed, length).data();
    double squares = 0;
    for (int i = 0; i < length; i++) {
      direction[i] += Math.copySign(0.5, direction[i]);
      squares += direction[i] * direction[i];
    }
    double norm = Math.sqrt(squares);
    Arrays.setAll(direction, i -> direction[i] / norm);
    return direction;
  }

  /** The central difference along a direction of one input. */
  private double difference(Engine engine, int k, double[] direction, Scalar f) {
    double[] difference = new double[1];
    engine.scope(
        () ->
            difference[0] =
                (f.at(with(k, inputs.get(k).moved(direction, STEP)))
                        - f.at(with(k, inputs.get(k).moved(direction, -STEP))))
                    / (2 * STEP));
    return difference[0];
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
