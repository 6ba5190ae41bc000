package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.tensor.AdamStep;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Adam's step for several parameters at once, which an engine may compute as it likes. */
public interface AdamConformance extends EngineUnderTest {
  /** Kernels and biases, a single number, and more numbers than fit into one vector register. */
  List<Shape> SHAPES =
      List.of(Shape.of(3, 2, 2, 2), Shape.of(7), Shape.of(5, 9), Shape.of(1), Shape.of(3, 1, 1, 1));

  private static Values random(int seed, Shape shape) {
    return Values.random(seed, shape.dims().stream().mapToInt(d -> d).toArray());
  }

  private static Values values(Tensor tensor) {
    return Values.of(tensor.shape(), tensor.toDoubles());
  }

  private static AdamStep step(boolean epsHat, double weightDecay, boolean decoupled, long update) {
    return new AdamStep(0.01, 0.5, 0.9, 1e-3, epsHat, weightDecay, decoupled, update);
  }

  /** Parameters and moments of one engine. */
  record State(List<Tensor> parameters, List<Tensor> means, List<Tensor> squares) {
    private static State begin(Engine engine) {
      List<Tensor> parameters = new ArrayList<>();
      List<Tensor> means = new ArrayList<>();
      List<Tensor> squares = new ArrayList<>();
      for (Shape shape : SHAPES) {
        parameters.add(random(parameters.size() + 1, shape).on(engine));
        means.add(engine.full(0, shape));
        squares.add(engine.full(0, shape));
      }
      return new State(parameters, means, squares);
    }
  }

  /** The same as one parameter after the other, wherever gradients have their numbers. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void allAtOnceIsOneAfterTheOther(Precision precision) {
    double tolerance = EngineUnderTest.tolerance(precision);
    for (Layout layout : Layout.values()) {
      for (boolean epsHat : new boolean[] {false, true}) {
        for (double decay : new double[] {0, 0.1, -1}) {
          Starts.with(this, precision, engine -> compare(engine, layout, epsHat, decay, tolerance));
        }
      }
    }
  }

  /** A negative decay stands for a decoupled one here. */
  private static void compare(
      Engine engine, Layout layout, boolean epsHat, double decay, double tolerance) {
    State together = State.begin(engine);
    State alone = State.begin(engine);
    for (int update = 1; update <= 4; update++) {
      AdamStep step = step(epsHat, decay < 0 ? 0.2 : decay, decay < 0, update);
      List<Tensor> gradients = new ArrayList<>();
      for (int i = 0; i < SHAPES.size(); i++) {
        Values g = random(10 * update + i, SHAPES.get(i));
        gradients.add(g.shape().rank() == 4 ? layout.of(engine, g) : g.on(engine));
      }
      engine.adam(step, together.parameters, gradients, together.means, together.squares);
      for (int i = 0; i < SHAPES.size(); i++) {
        step.apply(
            alone.parameters.get(i), gradients.get(i), alone.means.get(i), alone.squares.get(i));
        String what = step + ", gradient " + layout + ", " + SHAPES.get(i);
        Close.to(values(alone.parameters.get(i)), together.parameters.get(i), tolerance, what);
        Close.to(values(alone.means.get(i)), together.means.get(i), tolerance, what);
        Close.to(values(alone.squares.get(i)), together.squares.get(i), tolerance, what);
      }
    }
  }

  /** The gradient of a matrix product may be a view that lies across. */
  @Test
  default void aGradientMayLieAcross() {
    Starts.withDoubles(
        this,
        engine -> {
          Values weights = Values.random(1, 3, 4);
          Tensor x = Values.random(2, 5, 3).on(engine);
          List<Tensor> found = new ArrayList<>();
          for (boolean isTransposed : new boolean[] {false, true}) {
            Tensor parameter = weights.on(engine);
            Tensor variable = parameter.variable();
            Tensor product =
                isTransposed
                    ? variable.permute(1, 0).matmul(x.permute(1, 0)).permute(1, 0)
                    : x.matmul(variable);
            Tensor loss = product.square().sum();
            List<Tensor> gradients = engine.gradients(loss, List.of(variable), false);
            engine.adam(
                step(false, 0, false, 1),
                List.of(parameter),
                gradients,
                List.of(engine.full(0, parameter.shape())),
                List.of(engine.full(0, parameter.shape())));
            found.add(parameter);
          }
          Close.to(values(found.get(0)), found.get(1), 1e-12, "across");
        });
  }

  /** A wrong shape would read memory of others. */
  @Test
  default void aGradientHasTheShapeOfItsParameter() {
    Starts.withDoubles(
        this,
        engine -> {
          Tensor parameter = engine.full(1, Shape.of(4));
          EngineException refused =
              assertThrows(
                  EngineException.class,
                  () ->
                      engine.adam(
                          step(false, 0, false, 1),
                          List.of(parameter),
                          List.of(engine.full(1, Shape.of(2))),
                          List.of(engine.full(0, Shape.of(4))),
                          List.of(engine.full(0, Shape.of(4)))));
          assertEquals(
              "a tensor of shape (4) cannot take values of shape (2)", refused.getMessage());
        });
  }
}
