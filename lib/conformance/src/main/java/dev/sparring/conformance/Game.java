package dev.sparring.conformance;

import dev.sparring.layer.Role;
import dev.sparring.loss.Loss;
import dev.sparring.network.LayerObserver;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One step's losses as plain functions of numbers, with central differences of them.
 *
 * <p>Every pass begins with the same singular vectors as in the unchanged game: it takes those of
 * the last pass as constants, so no derivative flows from pass to pass.
 */
final class Game {
  private static final double STEP = 1e-5;
  private static final PassOptions CALL = PassOptions.training(new Seed(1), 1, 0);

  private final Engine engine;
  private final Map<String, Network> plain;
  private final Loss loss;
  private final Tensor real;
  private final Tensor made;
  private final Tensor noise;
  private final Turn ofReal;
  private final Turn ofMade;
  private final Turn ofJudge;
  private final Turn ofMaker;

  /**
   * The game as in the training's next step.
   *
   * @param plain the same networks without normalizations; of any numbers
   */
  Game(
      Training training,
      Training plain,
      Loss loss,
      Tensor real,
      Tensor discriminatorNoise,
      Tensor generatorNoise) {
    engine = training.engine();
    this.plain = plain.networks();
    this.loss = loss;
    this.real = real;
    noise = generatorNoise;
    Network d = network(training.networks(), "discriminator").snapshot();
    Network g = network(training.networks(), "generator").snapshot();
    made = g.forward(discriminatorNoise, CALL);
    ofReal = new Turn(d, real);
    ofMade = new Turn(d, made);
    ofMaker = new Turn(g, noise);
    ofJudge = new Turn(d, ofMaker.output);
  }

  /** A pass that was run, and can be run again with other numbers. */
  private static final class Turn {
    private final Network start;
    private final Map<String, Tensor> effective = new LinkedHashMap<>();
    private final Tensor output;

    /** Runs it, which moves the network's vectors. */
    Turn(Network network, Tensor input) {
      start = network.snapshot();
      output =
          network.forward(
              input,
              network.parameters(),
              CALL,
              new LayerObserver() {
                @Override
                public void parameter(String path, Tensor tensor) {
                  effective.put(path, tensor);
                }

                @Override
                public void output(PlannedLayer layer, Tensor t) {}
              });
    }

    Tensor again(Tensor input) {
      return start.snapshot().forward(input, CALL);
    }

    Tensor withRaw(Tensor input, String path, Function<Tensor, Tensor> change) {
      return start.snapshot().forward(input, changed(start.parameters(), path, change), CALL);
    }

    Tensor withEffective(
        Network plain, Tensor input, String path, Function<Tensor, Tensor> change) {
      return plain.snapshot().forward(input, changed(effective, path, change), CALL);
    }

    private static Map<String, Tensor> changed(
        Map<String, Tensor> all, String path, Function<Tensor, Tensor> change) {
      Map<String, Tensor> changed = new LinkedHashMap<>(all);
      changed.compute(path, (p, t) -> change.apply(present(t)));
      return changed;
    }
  }

  /** A discriminator's weight as its next pass in training takes it. */
  static double[] effective(Training training, String path) {
    Network d = network(training.networks(), "discriminator").snapshot();
    Turn turn = new Turn(d, training.inputs().real(0).x());
    return present(turn.effective.get(path)).toDoubles();
  }

  /** The paths of a network's weights. */
  List<String> weights(String network) {
    List<String> paths = new ArrayList<>();
    for (PlannedLayer layer : network(plain, network).plan().layers()) {
      for (PlannedParameter p : layer.parameters()) {
        if (p.parameter().role() == Role.WEIGHT) {
          paths.add(p.path());
        }
      }
    }
    return paths;
  }

  /** The derivatives of a player's loss by a raw weight of its own. */
  double[] slopesByRaw(String network, String path) {
    boolean judge = network.equals("discriminator");
    return slopes(
        present(network(plain, network).parameters().get(path)),
        nudge ->
            judge
                ? loss.discriminator(
                    ofReal.withRaw(real, path, nudge), ofMade.withRaw(made, path, nudge))
                : loss.generator(ofJudge.again(ofMaker.withRaw(noise, path, nudge))));
  }

  /** The same by the normalized weight, in all passes at once. */
  double[] slopesByNormalized(String network, String path) {
    boolean judge = network.equals("discriminator");
    Network own = network(plain, network);
    return slopes(
        present(own.parameters().get(path)),
        nudge ->
            judge
                ? loss.discriminator(
                    ofReal.withEffective(own, real, path, nudge),
                    ofMade.withEffective(own, made, path, nudge))
                : loss.generator(ofJudge.again(ofMaker.withEffective(own, noise, path, nudge))));
  }

  private double[] slopes(Tensor like, Function<Function<Tensor, Tensor>, Tensor> value) {
    double[] slopes = new double[like.shape().elements()];
    for (int i = 0; i < slopes.length; i++) {
      int index = i;
      DoubleUnaryOperator at =
          by -> {
            double[] found = new double[1];
            engine.scope(() -> found[0] = value.apply(t -> nudged(t, index, by)).item());
            return found[0];
          };
      slopes[i] = (at.applyAsDouble(STEP) - at.applyAsDouble(-STEP)) / (2 * STEP);
    }
    return slopes;
  }

  private Tensor nudged(Tensor t, int index, double by) {
    double[] change = new double[t.shape().elements()];
    change[index] = by;
    return t.plus(engine.upload(change, t.shape()));
  }

  /** The mean slope of the discriminator at real samples. */
  double slopeOfReal() {
    return slope(ofReal, real);
  }

  /** Its mean slope at generated ones. */
  double slopeOfMade() {
    return slope(ofMade, made);
  }

  private double slope(Turn turn, Tensor samples) {
    double[] g = slopes(samples, nudge -> turn.again(nudge.apply(samples)).sum());
    int count = samples.shape().dim(0);
    int size = g.length / count;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double squares = 1e-8;
      for (int k = i * size; k < (i + 1) * size; k++) {
        squares += g[k] * g[k];
      }
      sum += Math.sqrt(squares);
    }
    return sum / count;
  }

  static double norm(double[] x) {
    double squares = 0;
    for (double v : x) {
      squares += v * v;
    }
    return Math.sqrt(squares);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("no such tensor or network");
    }
    return value;
  }

  private static Network network(Map<String, Network> networks, String name) {
    return present(networks.get(name));
  }
}
