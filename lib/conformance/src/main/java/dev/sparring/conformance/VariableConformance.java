package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which gradients flow, and which do not. */
public interface VariableConformance extends EngineUnderTest {
  /** An input that the output does not depend on gets zeros of its own shape. */
  @Test
  default void unusedInputsGetZeros() {
    withEngine(
        e -> {
          Tensor used = pair(e, 2, 3).variable();
          Tensor unused = e.full(1, Shape.of(2, 1, 3, 1)).variable();
          List<Tensor> g = e.gradients(used.square().sum(), List.of(unused, used, unused), false);
          Close.exactly(Values.of(unused.shape(), new double[6]), g.get(0), "unused");
          assertArrayEquals(new double[] {4, 6}, g.get(1).toDoubles());
          assertEquals(unused.shape(), g.get(2).shape());
        });
  }

  /** A constant output depends on nothing. */
  @Test
  default void aConstantOutputHasZeroGradients() {
    withEngine(
        e -> {
          Tensor x = pair(e, 2, 3).variable();
          assertArrayEquals(new double[2], gradient(e, pair(e, 1, 2).sum(), x));
        });
  }

  /** No gradient flows through detach, and the numbers are the same ones. */
  @Test
  default void detachCutsAndSharesStorage() {
    withEngine(
        e -> {
          Tensor x = pair(e, 2, 3).variable();
          assertArrayEquals(
              new double[] {2, 3}, gradient(e, x.times(x.detach()).sum(), x), "product rule, half");
          Tensor y = pair(e, 5, 7);
          Tensor shared = y.detach();
          y.assign(pair(e, 8, 9));
          assertArrayEquals(new double[] {8, 9}, shared.toDoubles());
        });
  }

  /** A variable remembers no history, and sees what is written into the tensor it came from. */
  @Test
  default void aVariableStartsAnewAndSharesStorage() {
    withEngine(
        e -> {
          Tensor x = pair(e, 2, 3).variable();
          Tensor y = x.square().variable();
          Tensor z = y.times(10).sum();
          assertArrayEquals(new double[] {10, 10}, gradient(e, z, y));
          assertArrayEquals(new double[2], gradient(e, z, x));
          Tensor source = pair(e, 5, 7);
          Tensor shared = source.variable();
          source.assign(pair(e, 8, 9));
          assertArrayEquals(new double[] {8, 9}, shared.toDoubles());
        });
  }

  /** Inputs may be tensors in the middle of a computation. */
  @Test
  default void gradientsReachTensorsInTheMiddle() {
    withEngine(
        e -> {
          Tensor x = pair(e, 2, 3).variable();
          Tensor middle = x.times(5);
          List<Tensor> g = e.gradients(middle.square().sum(), List.of(middle, x), false);
          assertArrayEquals(new double[] {20, 30}, g.get(0).toDoubles());
          assertArrayEquals(new double[] {100, 150}, g.get(1).toDoubles());
        });
  }

  /** One output can be differentiated twice. */
  @Test
  default void anOutputCanBeDifferentiatedAgain() {
    withEngine(
        e -> {
          Tensor x = pair(e, 2, 3).variable();
          Tensor y = x.square().exp().log().tanh().sum();
          assertArrayEquals(gradient(e, y, x), gradient(e, y, x));
        });
  }

  /** Gradients are constants unless requested to be differentiable. */
  @Test
  default void plainGradientsAreConstants() {
    withEngine(
        e -> {
          Tensor x = pair(e, 2, 3).variable();
          Tensor g = e.gradients(x.square().times(x).sum(), List.of(x), false).get(0);
          assertArrayEquals(new double[2], gradient(e, g.sum(), x));
        });
  }

  /** What is computed without gradients is constant, also when nested; afterwards they flow. */
  @Test
  default void withoutGradientsMakesConstantsAndEnds() {
    withEngine(
        e -> {
          Tensor x = pair(e, 2, 3).variable();
          Tensor y = e.withoutGradients(() -> e.withoutGradients(x::square).plus(x));
          assertArrayEquals(new double[] {6, 12}, y.toDoubles());
          assertArrayEquals(new double[2], gradient(e, y.sum(), x));
          assertArrayEquals(new double[] {1, 1}, gradient(e, x.sum(), x));
        });
  }

  /** The same after an exception, which arrives as it was thrown. */
  @Test
  default void withoutGradientsEndsOnExceptions() {
    withEngine(
        e -> {
          Tensor x = pair(e, 2, 3).variable();
          IllegalStateException thrown = new IllegalStateException("mine");
          assertSame(
              thrown,
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      e.withoutGradients(
                          () -> {
                            throw thrown;
                          })));
          assertArrayEquals(new double[] {4, 6}, gradient(e, x.square().sum(), x));
        });
  }

  private void withEngine(Consumer<Engine> test) {
    for (Precision precision : EngineUnderTest.FORMATS) {
      try (Engine engine = open(precision)) {
        engine.scope(() -> test.accept(engine));
      }
    }
  }

  private static Tensor pair(Engine e, double a, double b) {
    return e.upload(new double[] {a, b}, Shape.of(2));
  }

  private static double[] gradient(Engine e, Tensor y, Tensor x) {
    return e.gradients(y, List.of(x), false).get(0).toDoubles();
  }
}
