package dev.sparring.diagnose;

import dev.sparring.loss.Hinge;
import dev.sparring.network.Call;
import dev.sparring.network.LayerObserver;
import dev.sparring.network.Network;
import dev.sparring.network.PlannedLayer;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.GameInputs;
import dev.sparring.train.Judge;
import dev.sparring.train.Objective;
import dev.sparring.train.Training;
import dev.sparring.train.Ways;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look at both players, on the inputs that the next updates will see. */
final class Reading {
  /** Under the root of slopes, as in the BSSN paper's code. */
  private static final double SLOPE_EPSILON = 1e-8;

  private final Training training;
  private final Engine engine;
  private final long step;
  private final Network generator;
  private final Network discriminator;
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private long passes;

  private Reading(Training training, long step) {
    this.training = training;
    this.step = step;
    engine = training.engine();
    generator = network(training, "generator").snapshot();
    discriminator = network(training, "discriminator").snapshot();
  }

  static Network network(Training training, String name) {
    Network network = training.networks().get(name);
    if (network == null) {
      throw new IllegalStateException("no network " + name + " in " + training.networks().keySet());
    }
    return network;
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
              Reading reading = new Reading(training, step);
              reading.discriminator();
              reading.generator();
              figures.putAll(reading.figures);
            });
    return figures;
  }

  private void discriminator() {
    GameInputs inputs = training.inputs();
    long number = batch("discriminator");
    Batch given = inputs.real(number);
    Batch real = given.x(given.x().variable());
    Batch from = inputs.forDiscriminator(number);
    Tensor made = engine.withoutGradients(() -> pass(generator, from.x(), from.labels()));
    Batch fake = from.made(made.variable());
    List<Taken> passes = new ArrayList<>();
    Map<String, Tensor> raw = discriminator.variables();
    Judge judge = (x, labels) -> pass(discriminator, raw, x, labels, passes);
    Objective.Verdict verdict =
        training.objective().discriminator(judge, raw, real, fake, step, number);
    scores(verdict.realScores().toDoubles(), verdict.fakeScores().toDoubles());
    put(Figure.SLOPE_REAL.column(), slope(verdict.realScores(), real.x()));
    put(Figure.SLOPE_FAKE.column(), slope(verdict.fakeScores(), fake.x()));
    int size = real.x().shape().elements() / real.x().shape().dim(0);
    put(
        Figure.DIVERSITY.column(),
        Diversity.meanDistance(fake.x().toFloats(), size)
            / Diversity.meanDistance(real.x().toFloats(), size));
    gradients(discriminator, verdict.value(), raw, passes);
    weights(discriminator, passes.get(0));
  }

  private void generator() {
    long number = batch("generator");
    long judged = batch("discriminator");
    GameInputs inputs = training.inputs();
    Objective objective = training.objective();
    Batch from =
        objective.reusesInputs() ? inputs.forDiscriminator(judged) : inputs.forGenerator(number);
    List<Taken> passes = new ArrayList<>();
    Map<String, Tensor> raw = generator.variables();
    Batch made = from.made(pass(generator, raw, from.x(), from.labels(), passes));
    Tensor loss =
        objective.generator(
            (x, labels) -> pass(discriminator, x, labels),
            raw,
            made,
            from,
            () -> inputs.real(judged),
            ways(raw, passes),
            step,
            number);
    gradients(generator, loss, raw, passes);
    weights(generator, passes.get(0));
  }

  private @Nullable Ways ways(Map<String, Tensor> raw, List<Taken> passes) {
    if (!training.networks().containsKey("generator_back")) {
      return null;
    }
    Network back = network(training, "generator_back").snapshot();
    return new Ways(
        (x, labels) -> pass(generator, raw, x, labels, passes),
        (x, labels) -> pass(back, x, labels));
  }

  /** The first batch of a player's next update. */
  private long batch(String player) {
    return training.progress().updates(player) * training.recipe().train().accumulate();
  }

  private Tensor pass(Network network, Tensor x, @Nullable Tensor labels) {
    return network.forward(x, next().labels(labels));
  }

  private Tensor pass(
      Network network,
      Map<String, Tensor> raw,
      Tensor x,
      @Nullable Tensor labels,
      List<Taken> passes) {
    Taken taken = new Taken();
    passes.add(taken);
    return network.forward(x, raw, next().labels(labels), taken);
  }

  private void scores(double[] real, double[] fake) {
    put(Figure.D_REAL.column(), mean(real));
    put(Figure.D_FAKE.column(), mean(fake));
    if (training.recipe().loss() instanceof Hinge) {
      put(Figure.HINGE_ACTIVE_REAL.column(), share(real, -1));
      put(Figure.HINGE_ACTIVE_FAKE.column(), share(fake, 1));
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

  /** Gradients by raw weights, and by normalized ones, which each pass has made anew. */
  private void gradients(
      Network network, Tensor loss, Map<String, Tensor> raw, List<Taken> passes) {
    List<Weights.Weight> weights = Weights.of(network.plan());
    List<Tensor> inputs = new ArrayList<>();
    for (Weights.Weight w : weights) {
      inputs.add(get(raw, w.path()));
      if (w.isNormalized()) {
        passes.forEach(pass -> inputs.add(get(pass.effective, w.path())));
      }
    }
    List<Tensor> gradients = engine.gradients(loss, inputs, false);
    double all = 0;
    int i = 0;
    for (Weights.Weight w : weights) {
      double squares = squares(gradients.get(i++));
      all += squares;
      put(Figure.GRAD_NORM.column(w.path()), Math.sqrt(squares));
      if (w.isNormalized()) {
        Tensor sum = gradients.get(i++);
        for (int pass = 1; pass < passes.size(); pass++) {
          sum = sum.plus(gradients.get(i++));
        }
        put(Figure.GRAD_NORM_NORMALIZED.column(w.path()), Math.sqrt(squares(sum)));
      }
    }
    put(Figure.GRAD_NORM.column(network.plan().name()), Math.sqrt(all));
  }

  private void weights(Network network, Taken taken) {
    for (Weights.Weight w : Weights.of(network.plan())) {
      new WeightFigures(w, get(network.parameters(), w.path()), get(taken.effective, w.path()))
          .into(this::put);
    }
  }

  static double squares(Tensor t) {
    return t.square().sum().item();
  }

  static Tensor get(Map<String, Tensor> tensors, String path) {
    Tensor t = tensors.get(path);
    if (t == null) {
      throw new IllegalStateException("no " + path + " among " + tensors.keySet());
    }
    return t;
  }

  private Call next() {
    return Call.training(new Seed(training.recipe().train().seed()), step, passes++);
  }

  private void put(String column, double value) {
    figures.put(column, value);
  }

  /** The parameters as one pass has taken them. */
  private static final class Taken implements LayerObserver {
    private final Map<String, Tensor> effective = new LinkedHashMap<>();

    @Override
    public void parameter(String path, Tensor tensor) {
      effective.put(path, tensor);
    }

    @Override
    public void output(PlannedLayer layer, Tensor output) {}
  }
}
