package dev.sparring.diagnose;

import dev.sparring.loss.Hinge;
import dev.sparring.network.LayerObserver;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.norm.WeightNorm;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.recipe.Train;
import dev.sparring.recipe.UpdateOrder;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.NamedTensors;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.Cycle;
import dev.sparring.train.ForwardPass;
import dev.sparring.train.NextUpdate;
import dev.sparring.train.Objective;
import dev.sparring.train.Training;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of both networks: their next updates, with the batches, the noise and the dropout
 * that these will have, but with both networks as they are now.
 */
final class TrainingFigures {
  /** Added under the root of slopes, as in the BSSN paper's code. */
  private static final double SLOPE_EPSILON = 1e-8;

  private final Training training;
  private final Engine engine;
  private final List<DirectionSnapshot> directions;
  private final Map<String, Double> figures = new LinkedHashMap<>();

  private TrainingFigures(Training training) {
    this.training = training;
    engine = training.engine();
    directions =
        training.directions().stream().map(d -> DirectionSnapshot.of(training, d)).toList();
  }

  /**
   * All figures except those of the last step's changes. Some may be NaN.
   *
   * <p>Networks are examined in training mode, as in their updates, on copies of their running
   * statistics and singular vectors.
   */
  static Map<String, Double> of(Training training) {
    Map<String, Double> figures = new LinkedHashMap<>();
    training
        .engine()
        .scope(
            () -> {
              TrainingFigures all = new TrainingFigures(training);
              all.updates();
              figures.putAll(all.figures);
            });
    return figures;
  }

  /** The first update of each player, in the order in which they are updated. */
  private void updates() {
    Train train = training.recipe().train();
    if (train.order() == UpdateOrder.GENERATOR_FIRST) {
      engine.scope(this::generators);
      directions.forEach(d -> d.repeatPasses((long) train.generatorSteps() * train.accumulate()));
      directions.forEach(d -> engine.scope(() -> discriminator(d)));
    } else {
      directions.forEach(d -> engine.scope(() -> discriminator(d)));
      directions.forEach(
          d -> d.repeatPasses((long) train.discriminatorSteps() * train.accumulate()));
      engine.scope(this::generators);
    }
  }

  private void discriminator(DirectionSnapshot direction) {
    NextUpdate next = direction.next().discriminator(0, 0);
    Batch given = next.real().get();
    Batch real = given.x(given.x().variable());
    Batch from = next.from();
    Batch made = engine.withoutGradients(() -> direction.generator().generated(next));
    Batch fake = from.made(made.x().variable());
    TrackedNetwork judge = new TrackedNetwork(direction.discriminator());
    Objective.Verdict verdict =
        training.objective().discriminator(next, judge, judge.raw, real, fake);
    scores(direction, verdict.realScores().toDoubles(), verdict.fakeScores().toDoubles());
    put(direction.column(Figure.SLOPE_REAL), slope(verdict.realScores(), verdict.real()));
    put(direction.column(Figure.SLOPE_FAKE), slope(verdict.fakeScores(), verdict.fake()));
    bound(direction, judge);
    samples(direction, real.x(), fake.x());
    learnt(verdict.value(), List.of(judge));
  }

  private void samples(DirectionSnapshot direction, Tensor real, Tensor fake) {
    int size = real.shape().elements() / real.shape().dim(0);
    float[] x = real.toFloats();
    float[] made = fake.toFloats();
    double ofReal = Diversity.meanDistance(x, size);
    double ofFake = Diversity.meanDistance(made, size);
    double between = Diversity.meanDistance(x, made, size);
    put(direction.column(Figure.DIVERSITY), ofFake / ofReal);
    put(direction.column(Figure.ENERGY_DISTANCE), (2 * between - ofReal - ofFake) / (2 * between));
  }

  private void bound(DirectionSnapshot direction, TrackedNetwork judge) {
    if (!SlopeBound.isThere(training.recipe(), judge.network.plan())) {
      return;
    }
    SlopeBound.ofScores(
            judge.network.plan(),
            layer -> {
              Weights.Weight weight = new Weights.Weight(layer, layer.weight().orElseThrow());
              Tensor used = judge.passes.get(0).normalized(weight);
              return SingularValues.largest(
                  WeightNorm.matrix(used, weight.parameter().parameter().outputAxis()));
            })
        .ifPresent(bound -> put(direction.column(Figure.SLOPE_BOUND), bound));
  }

  /** All generators minimize one objective, the sum over directions. */
  private void generators() {
    List<TrackedNetwork> makers =
        directions.stream().map(d -> new TrackedNetwork(d.generator())).toList();
    Tensor loss = objective(makers, 0);
    for (int i = 1; i < makers.size(); i++) {
      loss = loss.plus(objective(makers, i));
    }
    learnt(loss, makers);
  }

  private Tensor objective(List<TrackedNetwork> makers, int index) {
    DirectionSnapshot direction = directions.get(index);
    TrackedNetwork maker = makers.get(index);
    NextUpdate next = direction.next().generator(0, 0);
    Batch fake = maker.generated(next);
    return training
        .objective()
        .generator(next, direction.discriminator()::play, maker.raw, fake, Cycle.of(makers, index));
  }

  private void scores(DirectionSnapshot direction, double[] real, double[] fake) {
    put(direction.column(Figure.D_REAL), mean(real));
    put(direction.column(Figure.D_FAKE), mean(fake));
    put(direction.column(Figure.D_ACCURACY), Separation.accuracy(real, fake));
    if (training.recipe().loss() instanceof Hinge) {
      put(direction.column(Figure.HINGE_ACTIVE_REAL), share(real, -1));
      put(direction.column(Figure.HINGE_ACTIVE_FAKE), share(fake, 1));
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

  /**
   * Scores of samples are independent of each other, except through batch statistics, whose effect
   * is included.
   */
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

  /** The gradients of a loss by the networks' weights. */
  private void learnt(Tensor loss, List<TrackedNetwork> learners) {
    List<Tensor> inputs = learners.stream().flatMap(l -> l.inputs().stream()).toList();
    Iterator<Tensor> gradients = engine.gradients(loss, inputs, false).iterator();
    for (TrackedNetwork learner : learners) {
      gradients(learner, gradients);
      weights(learner.network, learner.passes.get(0));
      figures.putAll(learner.passes.get(0).shares);
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
      Tensor raw = network.parameters().tensor(w.path());
      engine.scope(() -> new WeightFigures(w, raw, taken.normalized(w)).into(this::put));
    }
  }

  /** In a scope of its own: the squares of all gradients would take as much memory as these. */
  static double squares(Tensor t) {
    double[] sum = new double[1];
    t.engine().scope(() -> sum[0] = t.square().sum().item());
    return sum[0];
  }

  private void put(String column, double value) {
    figures.put(column, value);
  }

  /** A network with gradients for its parameters in all passes that it takes part in. */
  private static final class TrackedNetwork implements ForwardPass {
    private final PlayerSnapshot player;
    private final Network network;
    private final NamedTensors raw;
    private final List<TrackedPass> passes = new ArrayList<>();

    TrackedNetwork(PlayerSnapshot player) {
      this.player = player;
      network = player.network();
      raw = network.variables();
    }

    @Override
    public Tensor apply(Tensor x, @Nullable Tensor labels) {
      return forward(x, player.passes().next().labels(labels));
    }

    /** The samples of an update. */
    Batch generated(NextUpdate next) {
      Batch from = next.from();
      return from.made(forward(from.x(), player.passes().generating(next).labels(from.labels())));
    }

    private Tensor forward(Tensor x, PassOptions options) {
      TrackedPass taken = new TrackedPass(passes.isEmpty());
      passes.add(taken);
      return network.forward(x, raw, options, taken);
    }

    /** Its raw weights, each with the normalized weights of every pass. */
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

  /** The parameters as used in one pass, and of a network's first one how its activations are. */
  private static final class TrackedPass implements LayerObserver {
    private final boolean isFirst;
    private final Map<String, Tensor> normalized = new LinkedHashMap<>();
    private final Map<String, Double> shares = new LinkedHashMap<>();

    TrackedPass(boolean isFirst) {
      this.isFirst = isFirst;
    }

    Tensor normalized(Weights.Weight weight) {
      return NamedTensors.of(normalized).tensor(weight.path());
    }

    @Override
    public void parameter(String path, Tensor tensor) {
      normalized.put(path, tensor);
    }

    @Override
    public void output(PlannedLayer layer, Tensor output) {
      if (isFirst) {
        Activations.column(layer)
            .forEach(column -> shares.put(column, Activations.share(layer, output)));
      }
    }

    @Override
    public boolean keepsOutputs() {
      return false;
    }
  }
}
