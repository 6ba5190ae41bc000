package dev.sparring.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.tensor.Device;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The tape beyond correct results: no needless work, and memory is given back. */
class GradientsTest {
  private static final Shape SHAPE = Shape.of(1000);

  private final Nd4jEngine engine = Nd4jEngine.open(Device.CPU, Precision.FLOAT64);
  private final Memory memory = engine.kernels().memory();

  /** A generator's gradients, say, need none of the discriminator's weights'. */
  @Test
  void rulesOffTheWayAreNotApplied() {
    engine.scope(
        () -> {
          Nd4jTensor x = ones().variable();
          Nd4jTensor w = ones().variable();
          Nd4jTensor untouched =
              Nd4jTensor.record(
                  w::value,
                  (y, g, needed) -> {
                    throw new IllegalStateException("not needed");
                  },
                  w);
          List<boolean[]> asked = new ArrayList<>();
          Nd4jTensor product =
              Nd4jTensor.record(
                  x::value,
                  (y, g, needed) -> {
                    asked.add(needed.clone());
                    return new Nd4jTensor[] {g, g}; // the second in vain
                  },
                  x,
                  untouched);
          Tensor loss = product.times(untouched).sum();
          engine.gradients(loss, List.of(x), false);
          assertEquals(1, asked.size());
          assertArrayEquals(new boolean[] {true, false}, asked.get(0));
          assertThrows(
              IllegalStateException.class, () -> engine.gradients(loss, List.of(w), false));
        });
  }

  @Test
  void aWrongChainRuleIsSeen() {
    engine.scope(
        () -> {
          Nd4jTensor x = ones().variable();
          Tensor y =
              Nd4jTensor.record(x::value, (r, g, needed) -> new Nd4jTensor[] {g.sum()}, x).sum();
          IllegalStateException e =
              assertThrows(
                  IllegalStateException.class, () -> engine.gradients(y, List.of(x), false));
          assertEquals("a derivative by (1000) came as (); a chain rule is wrong", e.getMessage());
        });
  }

  /** Only the seed and the results of a differentiation are left. */
  @Test
  void temporariesAreGivenBackAtOnce() {
    engine.scope(
        () -> {
          Nd4jTensor x = ones().variable();
          Tensor y = x;
          for (int i = 0; i < 10; i++) {
            y = y.tanh().plus(x).square();
          }
          Tensor loss = y.sum();
          int mark = memory.mark();
          engine.gradients(loss, List.of(x), false);
          assertTrue(memory.since(mark).size() > 20);
          assertEquals(2, memory.since(mark).stream().filter(GradientsTest::isLent).count());
        });
  }

  /** Arrays from elsewhere are not given back with them. */
  @Test
  void aDerivativeMayBeATensorThatExists() {
    engine.scope(
        () -> {
          Nd4jTensor x = ones().variable();
          Nd4jTensor slope = engine.full(3, SHAPE);
          Nd4jTensor y =
              Nd4jTensor.record(x::value, (r, g, needed) -> new Nd4jTensor[] {slope}, x.times(2));
          Tensor g = engine.gradients(y.sum(), List.of(x), false).get(0);
          assertEquals(6000, g.sum().item());
          assertEquals(3000, slope.sum().item());
        });
  }

  /** In-place updates, of which there is one for each parameter, give theirs back too. */
  @Test
  void updatesLeaveNothingBehind() {
    Nd4jTensor weight = ones();
    engine.scope(
        () -> {
          Nd4jTensor g = ones();
          int mark = memory.mark();
          weight.blend(0.5, g, 0.25);
          assertEquals(0, memory.since(mark).stream().filter(GradientsTest::isLent).count());
        });
    assertEquals(0.75, weight.slice(0, 0, 1).item());
  }

  @Test
  void theNextScopeWorksInTheMemoryOfTheLast() {
    Set<Long> first = new HashSet<>();
    engine.scope(() -> step(first));
    Set<Long> second = new HashSet<>();
    engine.scope(
        () -> {
          step(second);
          engine.scope(() -> step(new HashSet<>()));
        });
    assertEquals(first, second);
  }

  @Test
  void closingFreesWhatScopesHaveLeft() {
    List<INDArray> arrays = new ArrayList<>();
    engine.scope(() -> arrays.add(ones().value().array()));
    assertFalse(arrays.get(0).wasClosed());
    engine.close();
    assertTrue(arrays.get(0).wasClosed());
  }

  private void step(Set<Long> addresses) {
    for (int i = 0; i < 5; i++) {
      Nd4jTensor made = ones();
      addresses.add(address(made));
      addresses.add(address(made.plus(i)));
    }
    assertEquals(10, addresses.size(), "no two tensors share memory");
  }

  private static long address(Nd4jTensor t) {
    return t.value().array().data().address();
  }

  private static boolean isLent(Memory.Lease lease) {
    try {
      lease.as(Shape.SCALAR);
      return true;
    } catch (EngineException e) {
      return false;
    }
  }

  private Nd4jTensor ones() {
    return engine.full(1, SHAPE);
  }
}
