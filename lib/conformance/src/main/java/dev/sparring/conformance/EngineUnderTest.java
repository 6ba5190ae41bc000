package dev.sparring.conformance;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;

/** Where a suite of tests gets its engine from. */
public interface EngineUnderTest {
  /** Opens a fresh engine; the tests close it. */
  Engine open(Precision precision);

  /** Relative tolerance that an engine's arithmetic deserves in this precision. */
  static double tolerance(Precision precision) {
    return precision == Precision.FLOAT64 ? 1e-12 : 2e-5;
  }
}
