package dev.sparring.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every operation's derivatives, first and second, against central differences. */
public interface GradientConformance extends EngineUnderTest {
  /** First derivatives by every tensor argument. */
  @TestFactory
  default Stream<DynamicTest> firstDerivatives() {
    return GradientCases.all()
        .flatMap(
            c ->
                Stream.of(Layout.UPLOADED, Layout.CONVOLVED, Layout.PERMUTED)
                    .map(
                        layout ->
                            DynamicTest.dynamicTest(
                                "first: " + c + ", " + layout,
                                () -> {
                                  try (Engine engine = open(Precision.FLOAT64)) {
                                    engine.scope(() -> c.checkFirst(engine, layout));
                                  }
                                })));
  }

  /** Second derivatives, by the differences of first ones, if the engine supports them. */
  @TestFactory
  default Stream<DynamicTest> secondDerivatives() {
    return GradientCases.all()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    "second: " + c,
                    () -> {
                      try (Engine engine = open(Precision.FLOAT64)) {
                        assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
                        engine.scope(() -> c.checkSecond(engine, Layout.CONVOLVED));
                      }
                    }));
  }
}
