package dev.sparring.onnx;

/** Where a tensor of a trace comes from, which decides how nodes refer to it. */
sealed interface Origin {
  /**
   * Depends on the traced input.
   *
   * @param value what the graph calls it
   */
  record Computed(String value) implements Origin {}

  /**
   * A parameter or statistic just as the network has it.
   *
   * @param path its name there
   */
  record Parameter(String path) implements Origin {}

  /**
   * Computed from constants alone.
   *
   * @param hint what to call it, should a node need it
   */
  record Constant(String hint) implements Origin {}

  /** The origin of what an operation on constants makes of this one. */
  default Origin folded() {
    return this instanceof Parameter p ? new Constant(p.path() + ".folded") : this;
  }
}
