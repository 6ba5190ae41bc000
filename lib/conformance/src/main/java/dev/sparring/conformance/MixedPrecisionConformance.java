package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which operations of a training pass are in bfloat16, if the engine has mixed precision. */
public interface MixedPrecisionConformance extends EngineUnderTest {
  /**
   * The smallest number above 1 that bfloat16 has is 1 + 2^-7. Half of that step rounds to even.
   */
  float FINE = 1 + 1f / 256;

  private void withMixed(Consumer<Engine> body) {
    Engine engine;
    try {
      engine = open(Precision.BF16);
    } catch (EngineException e) {
      assertFalse(String.valueOf(e.getMessage()).contains("\n"), e.getMessage());
      assumeTrue(false, e.getMessage());
      return;
    }
    try (engine) {
      engine.scope(() -> body.accept(engine));
    }
  }

  private static double one(Tensor t) {
    return t.sum().item();
  }

  private static Tensor fine(Engine e, int... shape) {
    return e.full(FINE, Shape.of(shape));
  }

  /** An engine that cannot says so in one line, and one that can says that it does. */
  @Test
  default void saysItsPrecision() {
    withMixed(
        e -> {
          assertEquals(Precision.BF16, e.precision());
          assertEquals(Precision.FLOAT32, e.precision().elements());
        });
  }

  /** Operands of linear maps are rounded in a training pass, and only there. */
  @Test
  default void linearMapsRoundTheirOperands() {
    withMixed(
        e -> {
          List<UnaryOperator<Tensor>> maps =
              List.of(
                  x -> x.reshape(Shape.of(1, 1)).linear(e.full(1, Shape.of(1, 1)), null),
                  x -> e.full(1, Shape.of(1, 1)).linear(fine(e, 1, 1), null),
                  x -> x.conv2d(e.full(1, Shape.of(1, 1, 1, 1)), null, 1, 0),
                  x -> x.convTranspose2d(e.full(1, Shape.of(1, 1, 1, 1)), null, 1, 0, 0),
                  x -> x.times(0).conv2d(e.full(1, Shape.of(1, 1, 1, 1)), fine(e, 1), 1, 0));
          for (UnaryOperator<Tensor> map : maps) {
            Tensor x = fine(e, 1, 1, 1, 1);
            assertEquals(FINE, one(map.apply(x)));
            assertEquals(1, one(e.autocast(() -> map.apply(x))));
            assertEquals(FINE, one(e.autocast(() -> e.withoutAutocast(() -> map.apply(x)))));
          }
          assertEquals(FINE, one(fine(e, 1, 1).matmul(e.full(1, Shape.of(1, 1)))));
          assertEquals(
              FINE, one(e.autocast(() -> fine(e, 1, 1).matmul(e.full(1, Shape.of(1, 1))))));
        });
  }

  /** After a failed pass the engine is as before. */
  @Test
  default void aFailedPassEndsIt() {
    withMixed(
        e -> {
          try {
            e.autocast(
                () -> {
                  throw new IllegalStateException("a layer's");
                });
          } catch (IllegalStateException expected) {
            assertEquals("a layer's", expected.getMessage());
          }
          assertEquals(FINE, one(fine(e, 1, 1).linear(e.full(1, Shape.of(1, 1)), null)));
        });
  }

  /** Activations stay in bfloat16; what is summed, or meets single precision, does not. */
  @Test
  default void activationsStayAndSumsDoNot() {
    withMixed(
        e -> {
          Tensor x = e.full(1, Shape.of(1, 3));
          Tensor w = e.upload(new float[] {1, 1, 1, 0.25f, 0.5f, 0.375f}, Shape.of(2, 3));
          // 3 and 1.125; a third of them in bfloat16 (8 significant bits) and in single precision.
          double third = 1 / 3.0;
          Tensor scaled = e.autocast(() -> x.linear(w, null).times(third));
          assertArrayEquals(new float[] {1, 0.375f}, scaled.toFloats());
          Tensor added = e.autocast(() -> x.linear(w, null).times(third).plus(1.0 / 1024));
          assertArrayEquals(new float[] {1, 0.375f}, added.toFloats());
          Tensor met = e.autocast(() -> x.linear(w, null).plus(e.full(1.0 / 1024, Shape.of(1, 2))));
          assertArrayEquals(new float[] {3 + 1f / 1024, 1.125f + 1f / 1024}, met.toFloats());
          // Numbers of bfloat16 whose sum needs single precision.
          Tensor sum = e.autocast(() -> e.full(256, Shape.of(1, 1)).linear(many(e), null).sum());
          assertEquals(257, sum.item());
        });
  }

  /** Gradients of parameters are in single precision, and close to those of a whole pass in it. */
  @Test
  default void gradientsAreClose() {
    withMixed(
        e -> {
          Tensor w = Values.random(1, 8, 3, 3, 3).scaled(0.2, 0).on(e).variable();
          Tensor v = Values.random(3, 1, 8 * 8 * 8).scaled(0.1, 0).on(e).variable();
          Tensor scale = Values.random(4, 8).scaled(0.1, 1).on(e).variable();
          Tensor x = Values.random(5, 4, 3, 8, 8).on(e).variable();
          Tensor mean = e.full(0, Shape.of(8));
          Tensor variance = e.full(1, Shape.of(8));
          List<Tensor> inputs = List.of(w, v, scale, x);
          Supplier<Tensor> pass =
              () ->
                  x.conv2d(w, null, 1, 1)
                      .batchNorm(scale, null, mean, variance, true, 0.1, 1e-5)
                      .leakyRelu(0.2)
                      .reshape(Shape.of(4, 8 * 8 * 8))
                      .linear(v, null);
          List<Tensor> exact = e.gradients(pass.get().softplus().sum(), inputs, false);
          Tensor mixed = e.autocast(pass);
          List<Tensor> found = e.gradients(mixed.softplus().sum(), inputs, true);
          for (int i = 0; i < inputs.size(); i++) {
            assertClose(exact.get(i), found.get(i), 0.03);
          }
          assertEquals(0.1, mean.square().sum().item(), 0.2); // running statistics were written
          // A gradient penalty: the gradient by x is differentiated again.
          Tensor penalty = found.get(3).square().sum();
          Tensor again = e.gradients(penalty, List.of(w), false).get(0);
          List<Tensor> whole = e.gradients(pass.get().softplus().sum(), inputs, true);
          Tensor expected = e.gradients(whole.get(3).square().sum(), List.of(w), false).get(0);
          assertClose(expected, again, 0.08);
        });
  }

  private static Tensor many(Engine e) {
    return e.upload(new float[] {1, 1f / 256}, Shape.of(2, 1));
  }

  private static void assertClose(Tensor expected, Tensor found, double tolerance) {
    double difference = Math.sqrt(expected.minus(found).square().sum().item());
    double size = Math.sqrt(expected.square().sum().item());
    assertEquals(0, difference / size, tolerance);
  }
}
