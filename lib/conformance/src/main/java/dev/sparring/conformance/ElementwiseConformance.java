package dev.sparring.conformance;

import static dev.sparring.conformance.ByHand.exactly;
import static dev.sparring.conformance.ByHand.gradient;
import static dev.sparring.conformance.ByHand.withEngine;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Functions of single numbers: values, kinks, and what is no number. */
public interface ElementwiseConformance extends EngineUnderTest {
  /** Derivatives at kinks are as documented in the engine interface. */
  @Test
  default void derivativesAtZero() {
    withEngine(
        this,
        e -> {
          Tensor x = e.full(0, Shape.of(3)).variable();
          exactly(gradient(e, x.relu(), x), Shape.of(3), 0, 0, 0);
          exactly(gradient(e, x.leakyRelu(0.25), x), Shape.of(3), 0.25, 0.25, 0.25);
          exactly(gradient(e, x.abs(), x), Shape.of(3), 0, 0, 0);
        });
  }

  /** log(1 + e^x) neither overflows nor loses digits. */
  @Test
  default void softplusIsAccurateEverywhere() {
    double[] at = {-1000, -40, -1, 0, 19, 21, 25, 35, 50, 1000};
    double[] exact = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      exact[i] = Math.max(at[i], 0) + Math.log1p(Math.exp(-Math.abs(at[i])));
    }
    for (Precision precision : EngineUnderTest.FORMATS) {
      try (Engine e = open(precision)) {
        Tensor x = e.upload(at, Shape.of(at.length));
        Close.to(
            Values.of(x.shape(), exact),
            x.softplus(),
            EngineUnderTest.tolerance(precision),
            precision + " softplus");
        double small = exact[1]; // at -40, where 1 + e^x is 1
        assertEquals(
            1, x.softplus().slice(0, 1, 1).item() / small, EngineUnderTest.tolerance(precision));
      }
    }
  }

  /** The plain functions, against Java's; gradients alone would not tell abs from relu. */
  @Test
  default void elementwiseFunctionsAreThoseOfTheirNames() {
    withEngine(
        this,
        e -> {
          elementwise(e, Tensor::abs, Math::abs, -2.5, -0.5, 0, 3);
          elementwise(e, Tensor::neg, x -> -x, -2.5, 0.5, 3);
          elementwise(e, Tensor::square, x -> x * x, -2.5, 0.5, 3);
          elementwise(e, Tensor::sqrt, Math::sqrt, 0, 0.25, 2, 1e6);
          elementwise(e, Tensor::exp, Math::exp, -20, -1, 0, 2);
          elementwise(e, Tensor::log, Math::log, 1e-6, 0.5, 1, 7);
          elementwise(e, t -> t.plus(-0.75), x -> x - 0.75, -2, 0.5);
          elementwise(e, t -> t.times(-1.5), x -> x * -1.5, -2, 0.5);
          for (double slope : new double[] {-0.5, 0, 0.2, 1, 1.5}) {
            elementwise(e, t -> t.leakyRelu(slope), x -> x > 0 ? x : slope * x, -2, -0.1, 0, 3);
          }
          elementwise(e, t -> t.elu(0.5), x -> x > 0 ? x : 0.5 * Math.expm1(x), -2, -0.1, 0, 3);
        });
  }

  /** Engines may compute large arrays in other ways than small ones. */
  @Test
  default void largeArraysAnswerAsSmallOnes() {
    double[] at = new double[50_000];
    for (int i = 0; i < at.length; i++) {
      at[i] = (i * 7919L % 50_021) / 5000.0 - 5;
    }
    withEngine(
        this,
        e -> {
          elementwise(e, Tensor::relu, x -> Math.max(x, 0), at);
          elementwise(e, Tensor::tanh, Math::tanh, at);
          elementwise(e, Tensor::sigmoid, x -> 1 / (1 + Math.exp(-x)), at);
          elementwise(e, Tensor::softplus, x -> Math.log1p(Math.exp(x)), at);
          elementwise(e, t -> t.elu(1), x -> x > 0 ? x : Math.expm1(x), at);
          elementwise(e, t -> t.leakyRelu(0.1), x -> x > 0 ? x : 0.1 * x, at);
          elementwise(e, t -> t.plus(t), x -> 2 * x, at);
        });
  }

  /** NaN never becomes a number: a diverged training must be visible. */
  @Test
  default void notANumberStays() {
    withEngine(
        this,
        e -> {
          double nan = Double.NaN;
          Tensor x = e.upload(new double[] {1, nan, 3, 4, 5, 6, nan, nan}, Shape.of(1, 2, 2, 2));
          List<UnaryOperator<Tensor>> functions =
              List.of(
                  Tensor::relu,
                  t -> t.leakyRelu(0.1),
                  t -> t.elu(1),
                  Tensor::silu,
                  Tensor::gelu,
                  Tensor::tanh,
                  Tensor::sigmoid,
                  Tensor::softplus,
                  Tensor::abs,
                  t -> t.times(0));
          for (int i = 0; i < functions.size(); i++) {
            double[] y = functions.get(i).apply(x).toDoubles();
            for (int k = 0; k < y.length; k++) {
              boolean hidden = Double.isNaN(y[k]) != Double.isNaN(x.toDoubles()[k]);
              assertFalse(hidden, "function " + i + " at " + k);
            }
          }
          assertArrayEquals(new double[] {nan, nan}, x.maxPool2d(2, 2).toDoubles());
          assertArrayEquals(new double[] {1, 5}, x.maxPool2d(1, 2).toDoubles());
          assertArrayEquals(new double[] {nan, nan}, x.avgPool2d(2, 2).toDoubles());
          assertEquals(nan, x.sum().item());
        });
  }

  private static void elementwise(
      Engine e, UnaryOperator<Tensor> operation, DoubleUnaryOperator expected, double... at) {
    Tensor x = e.upload(at, Shape.of(at.length));
    Close.to(
        Values.of(x.shape(), Arrays.stream(x.toDoubles()).map(expected).toArray()),
        operation.apply(x),
        EngineUnderTest.tolerance(e.precision()),
        "result");
  }
}
