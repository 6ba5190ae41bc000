package dev.sparring.onnx;

/** The origin of a tensor in a trace, which decides how nodes refer to it. */
sealed interface Origin {
  /**
   * Depends on the traced input.
   *
   * @param value its name in the graph
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
   * @param hint its name if a node needs it
   */
  record Constant(String hint) implements Origin {}

  /** The origin of a constant that is computed from this one. */
  default Origin folded() {
    return this instanceof Parameter p ? new Constant(p.path() + ".folded") : this;
  }
}
