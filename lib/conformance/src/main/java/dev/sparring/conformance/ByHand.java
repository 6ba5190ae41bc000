package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/** Operations on an engine, and results that were computed by hand. */
final class ByHand {
  private ByHand() {}

  /** In each precision. */
  static void withEngine(EngineUnderTest tested, Consumer<Engine> test) {
    for (Precision precision : EngineUnderTest.FORMATS) {
      try (Engine engine = tested.open(precision)) {
        assertEquals(precision, engine.precision());
        engine.scope(() -> test.accept(engine));
      }
    }
  }

  static Tensor gradient(Engine e, Tensor y, Tensor x) {
    return e.gradients(y.sum(), List.of(x), false).get(0);
  }

  static void exactly(Tensor found, Shape shape, double... expected) {
    Close.exactly(Values.of(shape, expected), found, "result");
  }
}
