package dev.sparring.network;

import dev.sparring.layer.LayerContext;
import dev.sparring.layer.State;
import dev.sparring.norm.Spectral;
import dev.sparring.norm.SpectralNormalization;
import dev.sparring.norm.WeightNorm;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A planned network with its numbers on an engine.
 *
 * <p>The tensors are made once and changed in place by training; forward passes are given the
 * parameters to compute with, so that one can differentiate with respect to variables without a
 * mode to forget.
 */
public final class Network {
  private static final LayerObserver NOBODY = (layer, output) -> {};

  private final NetworkPlan plan;
  private final Engine engine;
  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> buffers;
  private final Map<String, Tensor> vectors;

  private Network(
      NetworkPlan plan,
      Engine engine,
      Map<String, Tensor> parameters,
      Map<String, Tensor> buffers,
      Map<String, Tensor> vectors) {
    this.plan = plan;
    this.engine = engine;
    this.parameters = Collections.unmodifiableMap(parameters);
    this.buffers = Collections.unmodifiableMap(buffers);
    this.vectors = Collections.unmodifiableMap(vectors);
  }

  /**
   * A network with its first weights.
   *
   * @param seed each parameter is drawn from a stream of its own, found by the parameter's path
   */
  public static Network create(NetworkPlan plan, Engine engine, Seed seed) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    Map<String, Tensor> buffers = new LinkedHashMap<>();
    Map<String, Tensor> vectors = new LinkedHashMap<>();
    for (PlannedLayer layer : plan.everyLayer()) {
      for (PlannedParameter p : layer.parameters()) {
        double[] values = p.initializer().draw(p.weight(), seed.stream("initialize " + p.path()));
        parameters.put(p.path(), engine.upload(values, p.parameter().shape()));
      }
      for (State s : layer.states()) {
        buffers.put(layer.path() + "." + s.name(), engine.full(s.initial(), s.shape()));
      }
      if (layer.norm() instanceof Spectral kind) {
        startVectors(layer, kind, engine, seed, parameters, vectors);
      } else if (layer.norm() instanceof WeightNormalization) {
        startLengths(layer, engine, parameters);
      }
    }
    return new Network(plan, engine, parameters, buffers, vectors);
  }

  private static void startVectors(
      PlannedLayer layer,
      Spectral kind,
      Engine engine,
      Seed seed,
      Map<String, Tensor> parameters,
      Map<String, Tensor> vectors) {
    PlannedParameter weight = weight(layer);
    Map<String, Tensor> own = new LinkedHashMap<>();
    SpectralNormalization.vectors(kind, weight.parameter().shape(), weight.parameter().outputAxis())
        .forEach(
            (name, shape) ->
                own.put(name, randomUnit(engine, shape, seed, layer.path() + "." + name)));
    Tensor raw = tensor(parameters, weight.path());
    int axis = weight.parameter().outputAxis();
    engine.scope(
        () -> {
          SpectralNormalization.align(kind, raw, axis, own);
          SpectralNormalization.iterate(kind, raw, axis, own, kind.power().warmup());
        });
    own.forEach((name, vector) -> vectors.put(layer.path() + "." + name, vector));
  }

  /** The norms of the weight that was drawn, so that the network starts as if not normalized. */
  private static void startLengths(
      PlannedLayer layer, Engine engine, Map<String, Tensor> parameters) {
    PlannedParameter weight = weight(layer);
    Tensor raw = tensor(parameters, weight.path());
    Tensor lengths = tensor(parameters, layer.path() + "." + WeightNormalization.LENGTHS);
    engine.scope(
        () -> lengths.assign(WeightNormalization.norms(raw, weight.parameter().outputAxis())));
  }

  private static Tensor randomUnit(Engine engine, Shape shape, Seed seed, String path) {
    RandomStream random = seed.stream("initialize " + path);
    double[] values = new double[shape.elements()];
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = random.gaussian();
      squares += values[i] * values[i];
    }
    double norm = Math.sqrt(squares);
    for (int i = 0; i < values.length; i++) {
      values[i] /= norm;
    }
    return engine.upload(values, shape);
  }

  /** The weight, which every layer that has a normalization declares first. */
  private static PlannedParameter weight(PlannedLayer layer) {
    return layer.parameters().get(0);
  }

  private static Tensor tensor(Map<String, Tensor> tensors, String path) {
    Tensor t = tensors.get(path);
    if (t == null) {
      throw new IllegalStateException("no tensor " + path + " among " + tensors.keySet());
    }
    return t;
  }

  /** What was worked out before. */
  public NetworkPlan plan() {
    return plan;
  }

  /** Where the numbers are. */
  public Engine engine() {
    return engine;
  }

  /** What is learnt, by path, e.g. {@code generator.2.weight}; raw weights, not normalized ones. */
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /** Running statistics and the like, by path, e.g. {@code generator.2.running_mean}. */
  public Map<String, Tensor> buffers() {
    return buffers;
  }

  /** The singular vectors of spectral normalization, by path. */
  public Map<String, Tensor> vectors() {
    return vectors;
  }

  /**
   * The parameters as layers use them outside of training, by path: weights normalized as they are
   * at this moment, everything else as it is.
   */
  public Map<String, Tensor> normalizedParameters() {
    Map<String, Tensor> effective = new LinkedHashMap<>();
    for (PlannedLayer layer : plan.everyLayer()) {
      LayerContext pass = new LayerPass(layer, parameters, PassOptions.evaluation(), NOBODY);
      for (PlannedParameter p : layer.parameters()) {
        effective.put(p.path(), pass.parameter(p.parameter().name()));
      }
    }
    return effective;
  }

  /**
   * The same network on an engine that stands before or beside its own, e.g. one that records what
   * is computed.
   *
   * @param engine where the replacements live
   * @param replace is given each parameter, buffer and singular vector with its path, and answers
   *     with a tensor of the same shape
   */
  public Network on(Engine engine, BiFunction<String, Tensor, Tensor> replace) {
    return new Network(
        plan,
        engine,
        replaced(parameters, replace),
        replaced(buffers, replace),
        replaced(vectors, replace));
  }

  /**
   * The same parameters with copies of everything that a forward pass in training changes: passes
   * through the result leave this network as it is.
   */
  public Network snapshot() {
    return new Network(
        plan,
        engine,
        parameters,
        replaced(buffers, (path, t) -> t.plus(0)),
        replaced(vectors, (path, t) -> t.plus(0)));
  }

  /**
   * The same buffers and singular vectors with other parameters: for averages of them.
   *
   * @param replace answers to each parameter with a tensor of the same shape
   */
  public Network averaged(UnaryOperator<Tensor> replace) {
    return new Network(
        plan, engine, replaced(parameters, (path, p) -> replace.apply(p)), buffers, vectors);
  }

  /** The parameters by path as variables, by which gradients can be taken. */
  public Map<String, Tensor> variables() {
    return replaced(parameters, (path, p) -> p.variable());
  }

  private static Map<String, Tensor> replaced(
      Map<String, Tensor> tensors, BiFunction<String, Tensor, Tensor> replace) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    tensors.forEach((path, tensor) -> all.put(path, replace.apply(path, tensor)));
    return all;
  }

  /** A forward pass with the network's own parameters as constants. */
  public Tensor forward(Tensor x, PassOptions call) {
    return forward(x, parameters, call);
  }

  /**
   * A forward pass.
   *
   * @param x (N, ...) with the plan's input shape behind the batch dimension
   * @param with parameters by path, of the same shapes as the network's own
   */
  public Tensor forward(Tensor x, Map<String, Tensor> with, PassOptions call) {
    return forward(x, with, call, NOBODY);
  }

  /** A forward pass that somebody watches. */
  public Tensor forward(
      Tensor x, Map<String, Tensor> with, PassOptions call, LayerObserver observer) {
    return through(plan, x, with, call, observer);
  }

  private Tensor through(
      NetworkPlan row,
      Tensor x,
      Map<String, Tensor> with,
      PassOptions call,
      LayerObserver observer) {
    Tensor h = x;
    for (PlannedLayer layer : row.layers()) {
      h = layer.layer().forward(h, new LayerPass(layer, with, call, observer));
      observer.output(layer, h);
    }
    return h;
  }

  /**
   * The paths of the parameters that hold a number that is not finite, in the order of the layers.
   */
  public List<String> notFinite() {
    List<String> paths = new ArrayList<>();
    engine.scope(
        () ->
            parameters.forEach(
                (path, p) -> {
                  // Large numbers may overflow in their sum; zero times them does not.
                  if (!Double.isFinite(p.sum().item())
                      && !Double.isFinite(p.times(0).sum().item())) {
                    paths.add(path);
                  }
                }));
    return paths;
  }

  private final class LayerPass implements LayerContext {
    private final PlannedLayer layer;
    private final Map<String, Tensor> with;
    private final PassOptions call;
    private final LayerObserver observer;

    LayerPass(
        PlannedLayer layer, Map<String, Tensor> with, PassOptions call, LayerObserver observer) {
      this.layer = layer;
      this.with = with;
      this.call = call;
      this.observer = observer;
    }

    @Override
    public boolean training() {
      return call.isTraining();
    }

    @Override
    public Tensor parameter(String name) {
      String path = layer.path() + "." + name;
      Tensor raw = tensor(with, path);
      boolean isWeight = weight(layer).parameter().name().equals(name);
      Tensor effective = isWeight ? normalized(raw) : raw;
      observer.parameter(path, effective);
      return effective;
    }

    private Tensor normalized(Tensor raw) {
      WeightNorm norm = layer.norm();
      if (norm instanceof Spectral kind) {
        return normalized(kind, raw);
      } else if (norm instanceof WeightNormalization) {
        Tensor lengths = tensor(with, layer.path() + "." + WeightNormalization.LENGTHS);
        return WeightNormalization.normalize(raw, lengths, weight(layer).parameter().outputAxis());
      }
      return raw;
    }

    private Tensor normalized(Spectral kind, Tensor raw) {
      int axis = weight(layer).parameter().outputAxis();
      Map<String, Tensor> own = new LinkedHashMap<>();
      for (String name : SpectralNormalization.vectors(kind, raw.shape(), axis).keySet()) {
        own.put(name, tensor(vectors, layer.path() + "." + name));
      }
      return SpectralNormalization.normalize(kind, raw, axis, own, call.isTraining());
    }

    @Override
    public @Nullable Tensor parameterOrNull(String name) {
      return with.containsKey(layer.path() + "." + name) ? parameter(name) : null;
    }

    @Override
    public Tensor branch(int index, Tensor x) {
      if (index >= layer.branches().size()) {
        throw new IllegalStateException(layer.path() + " has no branch " + index);
      }
      return through(layer.branches().get(index), x, with, call, observer);
    }

    @Override
    public Tensor labels() {
      return call.labels(layer.path());
    }

    @Override
    public Tensor state(String name) {
      return tensor(buffers, layer.path() + "." + name);
    }

    @Override
    public RandomStream random() {
      return call.random(layer.path());
    }

    @Override
    public Engine engine() {
      return engine;
    }
  }
}
