package dev.sparring.network;

import dev.sparring.layer.LayerContext;
import dev.sparring.layer.Role;
import dev.sparring.layer.State;
import dev.sparring.norm.NormTensor;
import dev.sparring.norm.WeightNorm;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.NamedTensors;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A planned network with its values on an engine.
 *
 * <p>The tensors are created once and changed in place by training. Forward passes are given their
 * parameters, so that callers can pass variables to differentiate by, and no mode has to be
 * switched.
 */
public final class Network {
  private static final LayerObserver NOBODY =
      new LayerObserver() {
        @Override
        public void output(PlannedLayer layer, Tensor output) {}

        @Override
        public boolean keepsOutputs() {
          return false;
        }
      };

  /** Shared with networks of the same tensors, so that all of them are as they are in one step. */
  private final AtomicReference<NetworkPlan> planned;

  private final Engine engine;
  private final NamedTensors parameters;
  private final NamedTensors buffers;
  private final NamedTensors normStates;

  private Network(
      AtomicReference<NetworkPlan> planned,
      Engine engine,
      NamedTensors parameters,
      NamedTensors buffers,
      NamedTensors normStates) {
    this.planned = planned;
    this.engine = engine;
    this.parameters = parameters;
    this.buffers = buffers;
    this.normStates = normStates;
  }

  /**
   * A network with its initial weights.
   *
   * @param seed each parameter is drawn from a stream of its own, which depends on the parameter's
   *     path
   */
  public static Network create(NetworkPlan plan, Engine engine, Seed seed) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    Map<String, Tensor> buffers = new LinkedHashMap<>();
    Map<String, Tensor> normStates = new LinkedHashMap<>();
    for (PlannedLayer layer : plan.everyLayer()) {
      for (PlannedParameter p : layer.parameters()) {
        double[] values = firstValues(layer, p, stream(seed, p.path()), engine.precision());
        parameters.put(p.path(), engine.upload(values, p.parameter().shape()));
      }
      for (State s : layer.states()) {
        buffers.put(layer.path() + "." + s.name(), engine.full(s.initial(), s.shape()));
      }
      for (NormTensor s : layer.normStates()) {
        String path = layer.path() + "." + s.name();
        normStates.put(path, engine.upload(firstValues(layer, s, seed), s.shape()));
      }
    }
    Network network =
        new Network(
            new AtomicReference<>(plan),
            engine,
            NamedTensors.of(parameters),
            NamedTensors.of(buffers),
            NamedTensors.of(normStates));
    plan.weighted().forEach(layer -> NormStart.of(network, layer));
    return network;
  }

  static RandomStream stream(Seed seed, String path) {
    return seed.stream("initialize " + path);
  }

  /** The first values of a state of a layer's normalization. */
  static double[] firstValues(PlannedLayer layer, NormTensor state, Seed seed) {
    RandomStream random = stream(seed, layer.path() + "." + state.name());
    return Returned.values(layer.place(), state.name(), state.shape(), state.draw(random));
  }

  /** The first values of a parameter, as they are uploaded. */
  static double[] firstValues(
      PlannedLayer layer, PlannedParameter p, RandomStream random, Precision precision) {
    double[] values = Returned.values(layer, p, p.initializer().draw(p.weight(), random));
    Returned.direction(layer, p, values, precision);
    double factor = p.parameter().role() == Role.BIAS ? layer.norm().biasFactor() : 1;
    if (factor != 1) {
      Arrays.setAll(values, i -> values[i] / factor);
    }
    return values;
  }

  /**
   * The weights of a network as matrices with a row for each output, in the order of its layers;
   * without biases, scales and shifts.
   *
   * @param parameters of a network of that plan by path
   */
  public static List<Tensor> matrices(NetworkPlan plan, Map<String, Tensor> parameters) {
    NamedTensors named = NamedTensors.of(parameters);
    return plan.weighted()
        .map(layer -> layer.weight().orElseThrow())
        .map(w -> WeightNorm.matrix(named.tensor(w.path()), w.parameter().outputAxis()))
        .toList();
  }

  /** The plan of the network. */
  public NetworkPlan plan() {
    return Objects.requireNonNull(planned.get());
  }

  /**
   * Goes on with other numbers in its layers and norms, as do its averages and the networks that
   * have its parameters.
   *
   * @param plan of the same parameters, buffers and states
   */
  public void plan(NetworkPlan plan) {
    planned.set(plan);
  }

  /** The engine that holds the values. */
  public Engine engine() {
    return engine;
  }

  /**
   * The learnt parameters by path, e.g. {@code generator.2.weight}; raw weights, not normalized
   * ones.
   */
  public NamedTensors parameters() {
    return parameters;
  }

  /**
   * Running statistics and other states of layers, by path, e.g. {@code generator.2.running_mean}.
   */
  public NamedTensors buffers() {
    return buffers;
  }

  /**
   * States of weight normalizations by path, such as the singular vectors of spectral
   * normalization, e.g. {@code discriminator.0.weight_u}.
   */
  public NamedTensors normStates() {
    return normStates;
  }

  /**
   * The parameters as layers use them in evaluation, by path: weights normalized with the current
   * states, others unchanged.
   */
  public NamedTensors normalizedParameters() {
    Map<String, Tensor> effective = new LinkedHashMap<>();
    for (PlannedLayer layer : plan().everyLayer()) {
      LayerContext pass = new LayerPass(layer, parameters, PassOptions.evaluation(), NOBODY, true);
      for (PlannedParameter p : layer.parameters()) {
        effective.put(p.path(), pass.parameter(p.parameter().name()));
      }
    }
    return NamedTensors.of(effective);
  }

  /**
   * The same network on another engine, e.g. one that records computations.
   *
   * @param engine the engine of the replacements
   * @param replace maps each parameter, buffer and state of a norm, with its path, to a tensor of
   *     the same shape
   */
  public Network on(Engine engine, BiFunction<String, Tensor, Tensor> replace) {
    return new Network(
        new AtomicReference<>(plan()),
        engine,
        parameters.map(replace),
        buffers.map(replace),
        normStates.map(replace));
  }

  /**
   * The same parameters with copies of everything that a training pass changes, so that passes
   * through the result do not change this network.
   */
  public Network snapshot() {
    return new Network(
        new AtomicReference<>(plan()),
        engine,
        parameters,
        buffers.map((path, t) -> t.plus(0)),
        normStates.map((path, t) -> t.plus(0)));
  }

  /**
   * The same buffers and states of norms with other parameters, e.g. averaged ones.
   *
   * @param replace maps each parameter to a tensor of the same shape
   */
  public Network averaged(UnaryOperator<Tensor> replace) {
    return new Network(
        planned, engine, parameters.map((path, p) -> replace.apply(p)), buffers, normStates);
  }

  /**
   * The same parameters and states of norms with other running statistics.
   *
   * @param buffers of the same paths and shapes
   */
  public Network withBuffers(NamedTensors buffers) {
    return new Network(planned, engine, parameters, buffers, normStates);
  }

  /**
   * The buffers that are running averages, each with the part of it that a training pass keeps; see
   * {@link State}.
   */
  public Map<String, Double> averages() {
    return SkippedPasses.averages(plan());
  }

  /**
   * Makes up for training passes that other processes make: states of normalizations move as they
   * would in them, and running averages fade, without anything of their batches.
   */
  public void skip(long passes) {
    SkippedPasses.of(this, passes);
  }

  /** The parameters by path as variables, by which gradients can be taken. */
  public NamedTensors variables() {
    return parameters.map((path, p) -> p.variable());
  }

  /** A forward pass with the network's own parameters as constants. */
  public Tensor forward(Tensor x, PassOptions call) {
    return forward(x, parameters, call);
  }

  /**
   * A forward pass.
   *
   * @param x (N, ...) with the plan's input shape after the batch dimension
   * @param with parameters by path, of the same shapes as the network's own
   */
  public Tensor forward(Tensor x, Map<String, Tensor> with, PassOptions call) {
    return forward(x, with, call, NOBODY);
  }

  /** A forward pass with an observer. */
  public Tensor forward(
      Tensor x, Map<String, Tensor> with, PassOptions call, LayerObserver observer) {
    NamedTensors named = NamedTensors.of(with);
    return call.isAutocast()
        ? engine.autocast(() -> through(plan(), x, named, call, observer))
        : through(plan(), x, named, call, observer);
  }

  private Tensor through(
      NetworkPlan row, Tensor x, NamedTensors with, PassOptions call, LayerObserver observer) {
    Tensor h = x;
    for (PlannedLayer layer : row.layers()) {
      // The caller has x, and an observer may keep what it sees.
      boolean shared = h == x || observer.keepsOutputs();
      try {
        LayerPass pass = new LayerPass(layer, with, call, observer, shared);
        Tensor output = layer.layer().forward(h, pass);
        h = Returned.output(layer, h, output);
      } catch (EngineException e) {
        throw e.at(layer.path() + " (" + layer.layer().summary() + ")");
      }
      observer.output(layer, h);
    }
    return h;
  }

  /** The paths of parameters with values that are not finite, in the order of the layers. */
  public List<String> notFinite() {
    if (engine.areFinite(List.copyOf(parameters.values()))) {
      return List.of();
    }
    return parameters.entrySet().stream()
        .filter(p -> !engine.areFinite(List.of(p.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private final class LayerPass implements LayerContext {
    private final PlannedLayer layer;
    private final NamedTensors with;
    private final PassOptions call;
    private final LayerObserver observer;
    private final boolean shared;

    /**
     * A pass.
     *
     * @param shared whether others have the layer's input too
     */
    LayerPass(
        PlannedLayer layer,
        NamedTensors with,
        PassOptions call,
        LayerObserver observer,
        boolean shared) {
      this.layer = layer;
      this.with = with;
      this.call = call;
      this.observer = observer;
      this.shared = shared;
    }

    @Override
    public boolean training() {
      return call.isTraining();
    }

    @Override
    public double momentum(double own) {
      return call.momentum(own);
    }

    @Override
    public Tensor parameter(String name) {
      String path = layer.path() + "." + name;
      Tensor effective = effective(path, with.tensor(path));
      observer.parameter(path, effective);
      return effective;
    }

    private Tensor effective(String path, Tensor raw) {
      WeightNorm norm = layer.norm();
      if (norm.isIdentity()) {
        return raw;
      }
      for (PlannedParameter p : layer.parameters()) {
        if (p.path().equals(path) && p.parameter().role() == Role.WEIGHT) {
          boolean training = call.isTraining();
          NormPass pass = new NormPass(layer, p, with, normStates, training, engine);
          return Returned.weight(
              layer, raw, engine.withoutAutocast(() -> norm.normalize(raw, pass)));
        } else if (p.path().equals(path) && p.parameter().role() == Role.BIAS) {
          return norm.biasFactor() == 1 ? raw : raw.times(norm.biasFactor());
        }
      }
      return raw;
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
    public Tensor lastUse(Tensor x) {
      return shared ? x : x.lastUse();
    }

    @Override
    public Tensor labels() {
      return call.labels(layer.path());
    }

    @Override
    public Tensor state(String name) {
      return buffers.tensor(layer.path() + "." + name);
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
