package dev.sparring.tensor;

/** Floating-point format of every tensor of an engine. */
public enum Precision {
  /** IEEE single precision: what training uses. */
  FLOAT32,
  /** IEEE double precision: for gradient checks and golden values. */
  FLOAT64
}
