package dev.sparring.conformance;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import java.util.List;

/** Opens the engine for a suite of tests. */
public interface EngineUnderTest {
  /** The formats that every engine computes in. */
  List<Precision> FORMATS = List.of(Precision.FLOAT32, Precision.FLOAT64);

  /** Opens a fresh engine; the tests close it. */
  Engine open(Precision precision);

  /** The relative tolerance for an engine's arithmetic in this precision. */
  static double tolerance(Precision precision) {
    return precision == Precision.FLOAT64 ? 1e-12 : 2e-5;
  }
}
