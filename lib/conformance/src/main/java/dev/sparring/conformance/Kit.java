package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineProvider;
import dev.sparring.tensor.Engines;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** What the tests of {@link WordKit} have in common. */
final class Kit {
  private Kit() {}

  /** A test on one engine. */
  interface OnEngine {
    void check(Engine engine) throws Exception;
  }

  /** The tests of several parts. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  static Stream<DynamicTest> all(Stream<DynamicTest>... parts) {
    return Arrays.asList(parts).stream().flatMap(part -> part);
  }

  /** One test for each engine on the class path, which it is given in double precision. */
  static Stream<DynamicTest> onEngines(String name, OnEngine test) {
    List<EngineProvider> engines = Engines.available();
    if (engines.isEmpty()) {
      return Stream.of(
          DynamicTest.dynamicTest(
              name, () -> fail("no engine on the class path; add sparring-torch to the tests")));
    }
    return engines.stream()
        .map(
            provider ->
                DynamicTest.dynamicTest(
                    name + ", " + provider.name(),
                    () -> {
                      try (Engine engine = provider.open(Device.CPU, Precision.FLOAT64)) {
                        test.check(engine);
                      }
                    }));
  }

  /** The same within a memory scope. */
  static Stream<DynamicTest> onEnginesInScope(String name, OnEngine test) {
    return onEngines(
        name,
        engine ->
            engine.scope(
                () -> {
                  try {
                    test.check(engine);
                  } catch (Exception e) {
                    throw new AssertionError(name + ": " + e, e);
                  }
                }));
  }

  /** Gradients of an operation against finite differences on each engine. */
  static Stream<DynamicTest> gradients(
      String name, List<Values> inputs, GradientCase.Operation operation) {
    GradientCase gradients = new GradientCase(name, inputs, operation);
    return onEnginesInScope(
        "gradients of " + name, engine -> gradients.checkFirst(engine, Layout.UPLOADED));
  }

  /** A test that is reported as skipped. */
  static DynamicTest skipped(String name, String why) {
    return DynamicTest.dynamicTest(name, () -> Assumptions.abort("skipped: " + why));
  }

  static Values random(int seed, Shape shape) {
    return Values.random(seed, shape.dims().stream().mapToInt(Integer::intValue).toArray());
  }

  static Tensor scalar(Tensor value, String what) {
    assertEquals(1, value.shape().elements(), what + " must be a scalar, has shape");
    finite(value, what);
    return value;
  }

  static void finite(Tensor value, String what) {
    assertTrue(
        Arrays.stream(value.toDoubles()).allMatch(Double::isFinite), what + " is not finite");
  }
}
