package dev.sparring.onnx;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * A tensor of another engine with its place in a graph, and what no graph has: gradients, changes
 * in place, and numbers that leave the engine while they depend on the input.
 */
abstract class GraphTensor implements Tensor {
  private final TracingEngine engine;
  final Graph graph;
  final Tensor value;
  final Origin origin;

  GraphTensor(TracingEngine engine, Tensor value, Origin origin) {
    this.engine = engine;
    graph = engine.graph();
    this.value = value;
    this.origin = origin;
  }

  @Override
  public final TracingEngine engine() {
    return engine;
  }

  /** The delegate's tensor. */
  Tensor value() {
    return value;
  }

  Origin origin() {
    return origin;
  }

  final boolean isComputed() {
    return origin instanceof Origin.Computed;
  }

  @Override
  public Shape shape() {
    return value.shape();
  }

  // Gradients.

  /** The same: in a graph nothing is differentiated. */
  @Override
  public Tensor detach() {
    return this;
  }

  @Override
  public Tensor variable() {
    throw graph.meaningless("a variable");
  }

  // In place: not even for constants, because the graph may hold their numbers already.

  @Override
  public void assign(Tensor from) {
    throw graph.meaningless("a change in place");
  }

  @Override
  public void blend(double keep, Tensor with, double weight) {
    throw graph.meaningless("a change in place");
  }

  // Leaving the engine.

  @Override
  public double item() {
    return constant().item();
  }

  @Override
  public float[] toFloats() {
    return constant().toFloats();
  }

  @Override
  public double[] toDoubles() {
    return constant().toDoubles();
  }

  private Tensor constant() {
    if (isComputed()) {
      throw graph.meaningless("reading numbers that depend on the input");
    }
    return value;
  }
}
