package dev.sparring.onnx;

import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

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

  /** What it writes into. */
  Graph graph() {
    return graph;
  }

  /**
   * One of its own tensors.
   *
   * @throws EngineException if it belongs to another trace, or to the delegate
   */
  TracedTensor own(Tensor t) {
    if (t instanceof TracedTensor own && own.engine() == this) {
      return own;
    }
    throw EngineException.foreign(this, t);
  }

  /** The delegate's tensor as a parameter or statistic of the network. */
  Tensor parameter(String path, Tensor value) {
    return new TracedTensor(this, value, new Origin.Parameter(path));
  }

  /** The delegate's tensor as the input. */
  Tensor input(String name, Tensor value) {
    return new TracedTensor(this, value, new Origin.Computed(name));
  }

  private Tensor constant(Tensor value) {
    return new TracedTensor(this, value, new Origin.Constant(graph.here("constant")));
  }

  @Override
  public String name() {
    return delegate.name();
  }

  @Override
  public String description() {
    return "ONNX trace on " + delegate.description();
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

  @Override
  public List<Tensor> keep(Supplier<List<Tensor>> part) {
    List<TracedTensor> results = new ArrayList<>();
    List<Tensor> kept =
        delegate.keep(
            () -> {
              part.get().forEach(t -> results.add(own(t)));
              return results.stream().map(TracedTensor::value).toList();
            });
    return IntStream.range(0, kept.size())
        .<Tensor>mapToObj(i -> new TracedTensor(this, kept.get(i), results.get(i).origin()))
        .toList();
  }

  /** Does nothing: the delegate is closed by the code that opened it. */
  @Override
  public void close() {}
}
