package dev.sparring.conformance;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import java.util.function.Consumer;

/** Opens, uses and closes an engine. */
final class Starts {
  private Starts() {}

  static void with(EngineUnderTest test, Precision precision, Consumer<Engine> body) {
    try (Engine engine = test.open(precision)) {
      engine.scope(() -> body.accept(engine));
    }
  }

  static void withDoubles(EngineUnderTest test, Consumer<Engine> body) {
    with(test, Precision.FLOAT64, body);
  }
}
