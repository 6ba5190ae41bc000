package dev.sparring.onnx;

import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An engine that computes with another one, and records in a graph everything that depends on the
 * traced input. It is for forward passes in evaluation: it has no gradients and changes nothing in
 * place.
 */
final class TracingEngine implements Engine {
  private final Engine delegate;
  private final Graph graph;

  TracingEngine(Engine delegate, Graph graph) {
    this.delegate = delegate;
    this.graph = graph;
  }

  /** The delegate's tensor as a parameter or statistic of the network. */
  Tensor parameter(String path, Tensor value) {
    return new TracedTensor(graph, value, new Origin.Parameter(path));
  }

  /** The delegate's tensor as the input. */
  Tensor input(String name, Tensor value) {
    return new TracedTensor(graph, value, new Origin.Computed(name));
  }

  private Tensor constant(Tensor value) {
    return new TracedTensor(graph, value, new Origin.Constant(graph.here("constant")));
  }

  @Override
  public String name() {
    return delegate.name();
  }

  @Override
  public String version() {
    return delegate.version();
  }

  @Override
  public Device device() {
    return delegate.device();
  }

  @Override
  public Precision precision() {
    return delegate.precision();
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of();
  }

  @Override
  public Tensor upload(float[] values, Shape shape) {
    return constant(delegate.upload(values, shape));
  }

  @Override
  public Tensor upload(double[] values, Shape shape) {
    return constant(delegate.upload(values, shape));
  }

  @Override
  public Tensor full(double value, Shape shape) {
    return constant(delegate.full(value, shape));
  }

  @Override
  public List<Tensor> gradients(Tensor output, List<Tensor> inputs, boolean differentiable) {
    throw graph.meaningless("a gradient");
  }

  @Override
  public <T> T withoutGradients(Supplier<T> computation) {
    return delegate.withoutGradients(computation);
  }

  @Override
  public void scope(Runnable step) {
    delegate.scope(step);
  }

  /** Does nothing: the delegate is closed by the code that opened it. */
  @Override
  public void close() {}
}
