package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What scopes free and what they keep. */
public interface ScopeConformance extends EngineUnderTest {
  /** A thousand training steps that would leak several gigabytes; they compute little. */
  @Test
  default void memoryStaysFlatOverAThousandSteps() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs Linux to count memory");
    try (Engine e = open(Precision.FLOAT32)) {
      Tensor w = Values.random(1, 1, 1, 1, 1).on(e).variable();
      float[] batch = new float[64 * 32 * 32];
      Runnable step = () -> trainingStep(e, w, batch);
      for (int i = 0; i < 100; i++) {
        e.scope(step);
      }
      long before = Resident.bytes();
      for (int i = 0; i < 1000; i++) {
        e.scope(step);
      }
      long grown = Resident.bytes() - before;
      assertTrue(grown < 200L << 20, "resident memory grew by " + (grown >> 20) + " MB");
    }
  }

  private static void trainingStep(Engine e, Tensor w, float[] batch) {
    Tensor x = e.upload(batch, Shape.of(64, 1, 32, 32));
    Tensor y = x.conv2d(w, null, 1, 0).leakyRelu(0.1).plus(x).tanh();
    Tensor seen = e.withoutGradients(() -> y.times(0.5));
    Tensor g = e.gradients(y.minus(seen).square().mean(), List.of(w), false).get(0);
    w.blend(1, g, -0.1);
  }

  /** A thousand batches of one step that would take several gigabytes together. */
  @Test
  default void aStepsMemoryDoesNotGrowWithItsBatches() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs Linux to count memory");
    try (Engine e = open(Precision.FLOAT32)) {
      Tensor w = Values.random(1, 1, 1, 1, 1).on(e).variable();
      float[] batch = new float[64 * 32 * 32];
      long[] grown = new long[1];
      e.scope(
          () -> {
            Tensor sum = e.full(0, w.shape());
            for (int i = 0; i < 1100; i++) {
              if (i == 100) {
                grown[0] = -bytes();
              }
              List<Tensor> kept = e.keep(() -> gradients(e, w, batch));
              e.scope(() -> sum.blend(1, kept.get(0), 1));
            }
            grown[0] += bytes();
          });
      assertTrue(grown[0] < 200L << 20, "resident memory grew by " + (grown[0] >> 20) + " MB");
    }
  }

  private static long bytes() {
    try {
      return Resident.bytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Tensor> gradients(Engine e, Tensor w, float[] batch) {
    Tensor x = e.upload(batch, Shape.of(64, 1, 32, 32));
    Tensor y = x.conv2d(w, null, 1, 0).leakyRelu(0.1).plus(x).tanh();
    return e.gradients(y.square().mean(), List.of(w), false);
  }

  /** The results of part of a step belong to the step, and nothing else of that part does. */
  @Test
  default void resultsOutliveTheirPart() {
    try (Engine e = open(Precision.FLOAT64)) {
      Tensor x = e.upload(new double[] {2, 3}, Shape.of(2)).variable();
      Tensor[] seen = new Tensor[2];
      e.scope(
          () -> {
            List<Tensor> kept =
                e.keep(
                    () -> {
                      seen[0] = x.square();
                      Tensor g = e.gradients(seen[0].sum(), List.of(x), false).get(0);
                      // One twice, one from outside, one that shares memory, one by itself.
                      return List.of(g, g, x, g.reshape(Shape.of(1, 2)), seen[0].times(2));
                    });
            seen[1] = kept.get(0);
            freed(() -> seen[0].plus(1));
            for (int i = 0; i < 5; i++) {
              e.scope(() -> e.full(7, Shape.of(2)).times(3)); // would reuse their memory
            }
            assertArrayEquals(new double[] {4, 6}, kept.get(0).toDoubles());
            assertArrayEquals(new double[] {4, 6}, kept.get(1).toDoubles());
            assertArrayEquals(new double[] {2, 3}, kept.get(2).toDoubles());
            assertEquals(Shape.of(1, 2), kept.get(3).shape());
            assertArrayEquals(new double[] {4, 6}, kept.get(3).toDoubles());
            assertArrayEquals(new double[] {8, 18}, kept.get(4).toDoubles());
          });
      freed(() -> seen[1].plus(1));
      assertArrayEquals(new double[] {2, 3}, x.toDoubles());
    }
  }

  /** Results have no history: it was freed. */
  @Test
  default void resultsAreConstants() {
    try (Engine e = open(Precision.FLOAT64)) {
      e.scope(
          () -> {
            Tensor x = e.upload(new double[] {2, 3}, Shape.of(2)).variable();
            Tensor y = e.keep(() -> List.of(x.square())).get(0);
            Tensor g = e.gradients(y.times(x).sum(), List.of(x), false).get(0);
            assertArrayEquals(new double[] {4, 9}, g.toDoubles());
          });
    }
  }

  /** Without a scope around it the results live on, also those of parts in parts. */
  @Test
  default void resultsWithoutAScopeLiveOn() {
    try (Engine e = open(Precision.FLOAT64)) {
      Tensor y =
          e.keep(() -> List.of(e.keep(() -> List.of(e.full(2, Shape.of(2)))).get(0).plus(1)))
              .get(0);
      e.scope(() -> e.full(7, Shape.of(2)).times(3));
      assertArrayEquals(new double[] {3, 3}, y.toDoubles());
      assertEquals(List.of(), e.keep(List::of));
    }
  }

  /**
   * Gradients of a part are those of its result, and nothing else of the part is left, also where
   * the part differentiates itself, by a tensor of its own or by one from outside.
   */
  @Test
  default void gradientsOfAPartFreeTheRest() {
    try (Engine e = open(Precision.FLOAT64)) {
      Tensor w = e.upload(new double[] {2, 3}, Shape.of(2)).variable();
      Tensor unused = e.upload(new double[] {5, 7, 11}, Shape.of(3)).variable();
      Tensor[] seen = new Tensor[3];
      e.scope(
          () -> {
            List<Tensor> found =
                e.gradients(
                    () -> {
                      seen[0] = w.square();
                      Tensor slope = e.gradients(seen[0].times(w).sum(), List.of(w), true).get(0);
                      seen[1] = slope.times(seen[0]).sum(); // 3 w^4
                      return seen[1];
                    },
                    List.of(w, unused, w));
            seen[2] = found.get(0);
            freed(() -> seen[0].plus(1));
            freed(() -> seen[1].plus(1));
            for (int i = 0; i < 5; i++) {
              e.scope(() -> e.full(7, Shape.of(2)).times(3)); // would reuse their memory
            }
            assertArrayEquals(new double[] {96, 324}, found.get(0).toDoubles());
            assertArrayEquals(new double[] {0, 0, 0}, found.get(1).toDoubles());
            assertArrayEquals(new double[] {96, 324}, found.get(2).toDoubles());
            assertThrows(
                IllegalStateException.class,
                () ->
                    e.gradients(
                        () -> {
                          throw new IllegalStateException("mine");
                        },
                        List.of(w)));
            // Constants: no gradient flows through, and the variable can be differentiated again.
            Tensor y = found.get(0).times(w).sum();
            assertArrayEquals(
                new double[] {96, 324},
                e.gradients(() -> y.times(1), List.of(w)).get(0).toDoubles());
          });
      freed(() -> seen[2].plus(1));
    }
  }

  /** An exception in part of a step frees it, arrives as it was thrown, and the step goes on. */
  @Test
  default void aPartMayFail() {
    try (Engine e = open(Precision.FLOAT64)) {
      IllegalStateException thrown = new IllegalStateException("mine");
      e.scope(
          () -> {
            Tensor x = e.full(1, Shape.of(2));
            assertSame(
                thrown,
                assertThrows(
                    IllegalStateException.class,
                    () ->
                        e.keep(
                            () -> {
                              x.plus(1);
                              throw thrown;
                            })));
            assertArrayEquals(new double[] {2, 2}, x.plus(1).toDoubles());
          });
    }
  }

  private static void freed(Executable use) {
    assertEquals(
        "a tensor was used after the scope that made it had ended",
        assertThrows(EngineException.class, use).getMessage());
  }

  /** Tensors made outside outlive a scope and can be written within. */
  @Test
  default void tensorsFromOutsideSurvive() {
    try (Engine e = open(Precision.FLOAT64)) {
      Tensor x = e.upload(new double[] {1, 2}, Shape.of(2)).variable();
      e.scope(() -> x.assign(x.times(3)));
      e.scope(() -> assertArrayEquals(new double[] {3, 6}, x.toDoubles()));
      assertArrayEquals(new double[] {3, 6}, x.toDoubles());
    }
  }

  /** The end of an inner scope leaves the outer one's tensors and graph alone. */
  @Test
  default void scopesNest() {
    try (Engine e = open(Precision.FLOAT64)) {
      Tensor x = e.upload(new double[] {2, 3}, Shape.of(2)).variable();
      e.scope(
          () -> {
            Tensor y = x.square();
            e.scope(() -> assertArrayEquals(new double[] {8, 18}, y.times(2).toDoubles()));
            assertArrayEquals(
                new double[] {4, 6}, e.gradients(y.sum(), List.of(x), false).get(0).toDoubles());
          });
    }
  }

  /** An inner scope may differentiate what an outer one computed, and leaves it as it was. */
  @Test
  default void gradientsInAnInnerScopeLeaveTheGraphAlone() {
    try (Engine e = open(Precision.FLOAT64)) {
      List<Tensor> weights = NetworkStep.weights(e);
      e.scope(
          () -> {
            Tensor loss = NetworkStep.loss(e, weights, Values.random(7, 2, 2, 5, 6));
            List<double[]> first = new ArrayList<>();
            e.scope(() -> e.gradients(loss, weights, false).forEach(g -> first.add(g.toDoubles())));
            double before = loss.item();
            for (boolean differentiable : new boolean[] {true, false}) {
              List<Tensor> again = e.gradients(loss, weights, differentiable);
              for (int i = 0; i < first.size(); i++) {
                Close.to(
                    Values.of(weights.get(i).shape(), first.get(i)), again.get(i), 1e-12, "again");
              }
            }
            assertEquals(before, loss.item());
          });
    }
  }

  /** Operations work without a scope; only memory needs one. */
  @Test
  default void allWorksWithoutAScope() {
    try (Engine e = open(Precision.FLOAT64)) {
      List<double[]> outside = NetworkStep.gradients(e, Values.random(7, 2, 2, 5, 6));
      List<double[]> inside = new ArrayList<>();
      e.scope(() -> inside.addAll(NetworkStep.gradients(e, Values.random(7, 2, 2, 5, 6))));
      for (int i = 0; i < outside.size(); i++) {
        assertArrayEquals(outside.get(i), inside.get(i));
      }
    }
  }

  /** Numbers of a previous scope in reused memory are not visible to the next one. */
  @Test
  default void theNextScopeSeesNothingOfTheLast() {
    Values images = Values.random(7, 2, 2, 5, 6);
    for (Precision precision : EngineUnderTest.FORMATS) {
      try (Engine fresh = open(precision);
          Engine used = open(precision)) {
        used.scope(() -> NetworkStep.gradients(used, images.scaled(Double.NaN, 0)));
        List<double[]> expected = new ArrayList<>();
        fresh.scope(() -> expected.addAll(NetworkStep.gradients(fresh, images)));
        List<double[]> found = new ArrayList<>();
        used.scope(() -> found.addAll(NetworkStep.gradients(used, images)));
        for (int i = 0; i < expected.size(); i++) {
          assertArrayEquals(expected.get(i), found.get(i), "gradient " + i);
        }
      }
    }
  }

  /** An exception ends the scope, arrives as it was thrown, and the engine goes on. */
  @Test
  default void exceptionsPassThrough() {
    try (Engine e = open(Precision.FLOAT64)) {
      Tensor x = e.full(1, Shape.of(2));
      IllegalStateException thrown = new IllegalStateException("mine");
      assertSame(
          thrown,
          assertThrows(
              IllegalStateException.class,
              () ->
                  e.scope(
                      () -> {
                        x.plus(1).times(2);
                        throw thrown;
                      })));
      e.scope(() -> x.assign(x.plus(1)));
      assertArrayEquals(new double[] {2, 2}, x.toDoubles());
    }
  }
}
