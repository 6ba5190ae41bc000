package dev.sparring.diagnose;

import dev.sparring.loss.Hinge;
import dev.sparring.network.LayerObserver;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.NamedTensors;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.Cycle;
import dev.sparring.train.ForwardPass;
import dev.sparring.train.GameInputs;
import dev.sparring.train.Objective;
import dev.sparring.train.Training;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look at both players, on the inputs that the next updates will see. */
final class TrainingFigures {
  /** Under the root of slopes, as in the BSSN paper's code. */
  private static final double SLOPE_EPSILON = 1e-8;

  private final Training training;
  private final Engine engine;
  private final long step;
  private final List<Way> ways;
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private long passes;

  private TrainingFigures(Training training, long step) {
    this.training = training;
    this.step = step;
    engine = training.engine();
    ways = Way.of(training);
  }

  /**
   * Everything but what the last step changed. Some may be no number.
   *
   * <p>Players are looked at in training mode, as their updates see them, on copies of their
   * running statistics and singular vectors.
   */
  static Map<String, Double> of(Training training, long step) {
    Map<String, Double> figures = new LinkedHashMap<>();
    training
        .engine()
        .scope(
            () -> {
              TrainingFigures reading = new TrainingFigures(training, step);
              reading.ways.forEach(reading::discriminator);
              reading.generators();
              figures.putAll(reading.figures);
            });
    return figures;
  }

  private void discriminator(Way way) {
    GameInputs inputs = way.inputsOf(training.inputs());
    Network discriminator = way.discriminator();
    long number = batch(discriminator);
    Batch given = inputs.real(number);
    Batch real = given.x(given.x().variable());
    Batch from = inputs.forDiscriminator(number);
    Tensor made = engine.withoutGradients(() -> pass(way.generator(), from.x(), from.labels()));
    Batch fake = from.made(made.variable());
    TrackedNetwork judge = new TrackedNetwork(discriminator);
    Objective.Verdict verdict =
        training.objective().discriminator(judge, judge.raw, real, fake, step, number);
    scores(way, verdict.realScores().toDoubles(), verdict.fakeScores().toDoubles());
    put(way.column(Figure.SLOPE_REAL), slope(verdict.realScores(), real.x()));
    put(way.column(Figure.SLOPE_FAKE), slope(verdict.fakeScores(), fake.x()));
    int size = real.x().shape().elements() / real.x().shape().dim(0);
    put(
        way.column(Figure.DIVERSITY),
        Diversity.meanDistance(fake.x().toFloats(), size)
            / Diversity.meanDistance(real.x().toFloats(), size));
    learnt(verdict.value(), List.of(judge));
  }

  /** Both generators of a game with a way back minimize one objective, to which each way adds. */
  private void generators() {
    List<TrackedNetwork> makers =
        ways.stream().map(way -> new TrackedNetwork(way.generator())).toList();
    Tensor loss = objective(ways.get(0), makers.get(0), makers);
    for (int i = 1; i < ways.size(); i++) {
      loss = loss.plus(objective(ways.get(i), makers.get(i), makers));
    }
    learnt(loss, makers);
  }

  private Tensor objective(Way way, TrackedNetwork maker, List<TrackedNetwork> all) {
    long number = batch(way.generator());
    long judged = batch(way.discriminator());
    GameInputs inputs = way.inputsOf(training.inputs());
    Objective objective = training.objective();
    Batch from =
        objective.reusesInputs() ? inputs.forDiscriminator(judged) : inputs.forGenerator(number);
    Batch made = from.made(maker.apply(from.x(), from.labels()));
    @Nullable Cycle both = all.size() == 1 ? null : new Cycle(maker, all.get(way.isBack() ? 0 : 1));
    return objective.generator(
        (x, labels) -> pass(way.discriminator(), x, labels),
        maker.raw,
        made,
        from,
        () -> inputs.real(judged),
        both,
        step,
        number);
  }

  /** The first batch of a player's next update. */
  private long batch(Network player) {
    return training.progress().updates(player.plan().name())
        * training.recipe().train().accumulate();
  }

  private Tensor pass(Network network, Tensor x, @Nullable Tensor labels) {
    return network.forward(x, next().labels(labels));
  }

  private void scores(Way way, double[] real, double[] fake) {
    put(way.column(Figure.D_REAL), mean(real));
    put(way.column(Figure.D_FAKE), mean(fake));
    if (training.recipe().loss() instanceof Hinge) {
      put(way.column(Figure.HINGE_ACTIVE_REAL), share(real, -1));
      put(way.column(Figure.HINGE_ACTIVE_FAKE), share(fake, 1));
    }
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  /** The share of scores with 1 + sign * score > 0. */
  private static double share(double[] scores, int sign) {
    int active = 0;
    for (double s : scores) {
      active += 1 + sign * s > 0 ? 1 : 0;
    }
    return (double) active / scores.length;
  }

  /** Samples do not see each other's scores unless batch statistics tell, which then counts too. */
  private double slope(Tensor scores, Tensor samples) {
    double[] g = engine.gradients(scores.sum(), List.of(samples), false).get(0).toDoubles();
    int count = samples.shape().dim(0);
    int size = g.length / count;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double squares = SLOPE_EPSILON;
      for (int k = 0; k < size; k++) {
        squares += g[i * size + k] * g[i * size + k];
      }
      sum += Math.sqrt(squares);
    }
    return sum / count;
  }

  /** What players learn from a loss: gradients, and the weights that they are of. */
  private void learnt(Tensor loss, List<TrackedNetwork> learners) {
    List<Tensor> inputs = learners.stream().flatMap(l -> l.inputs().stream()).toList();
    Iterator<Tensor> gradients = engine.gradients(loss, inputs, false).iterator();
    for (TrackedNetwork learner : learners) {
      gradients(learner, gradients);
      weights(learner.network, learner.passes.get(0));
    }
  }

  /** Gradients in the order of a learner's inputs. */
  private void gradients(TrackedNetwork learner, Iterator<Tensor> gradients) {
    double all = 0;
    for (Weights.Weight w : Weights.of(learner.network.plan())) {
      double squares = squares(gradients.next());
      all += squares;
      put(Figure.GRAD_NORM.column(w.path()), Math.sqrt(squares));
      if (w.isNormalized()) {
        Tensor sum = gradients.next();
        for (int pass = 1; pass < learner.passes.size(); pass++) {
          sum = sum.plus(gradients.next());
        }
        put(Figure.GRAD_NORM_NORMALIZED.column(w.path()), Math.sqrt(squares(sum)));
      }
    }
    put(Figure.GRAD_NORM.column(learner.network.plan().name()), Math.sqrt(all));
  }

  private void weights(Network network, TrackedPass taken) {
    for (Weights.Weight w : Weights.of(network.plan())) {
      new WeightFigures(w, network.parameters().tensor(w.path()), taken.normalized(w))
          .into(this::put);
    }
  }

  static double squares(Tensor t) {
    return t.square().sum().item();
  }

  private PassOptions next() {
    return PassOptions.training(new Seed(training.recipe().train().seed()), step, passes++);
  }

  private void put(String column, double value) {
    figures.put(column, value);
  }

  /** A player on whose parameters gradients flow, wherever it takes part. */
  private final class TrackedNetwork implements ForwardPass {
    private final Network network;
    private final NamedTensors raw;
    private final List<TrackedPass> passes = new ArrayList<>();

    TrackedNetwork(Network network) {
      this.network = network;
      raw = network.variables();
    }

    @Override
    public Tensor apply(Tensor x, @Nullable Tensor labels) {
      TrackedPass taken = new TrackedPass();
      passes.add(taken);
      return network.forward(x, raw, next().labels(labels), taken);
    }

    /** Its raw weights, each with the normalized ones, which each pass has made anew. */
    List<Tensor> inputs() {
      List<Tensor> inputs = new ArrayList<>();
      for (Weights.Weight w : Weights.of(network.plan())) {
        inputs.add(raw.tensor(w.path()));
        if (w.isNormalized()) {
          passes.forEach(pass -> inputs.add(pass.normalized(w)));
        }
      }
      return inputs;
    }
  }

  /** The parameters as one pass has taken them. */
  private static final class TrackedPass implements LayerObserver {
    private final Map<String, Tensor> normalized = new LinkedHashMap<>();

    Tensor normalized(Weights.Weight weight) {
      return NamedTensors.of(normalized).tensor(weight.path());
    }

    @Override
    public void parameter(String path, Tensor tensor) {
      normalized.put(path, tensor);
    }

    @Override
    public void output(PlannedLayer layer, Tensor output) {}
  }
}
