package dev.sparring.train;

import dev.sparring.data.DataSet;
import dev.sparring.init.DataDependent;
import dev.sparring.init.DataDependent.Correction;
import dev.sparring.init.DataDependent.Outputs;
import dev.sparring.layer.Role;
import dev.sparring.network.LayerObserver;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.random.RunSeeds;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sets the parameters of new networks from what they make of a first batch, where an initializer or
 * a normalization asks for that ({@link DataDependent}). Other networks cost nothing, and read no
 * data.
 *
 * @param plan of the recipe that is trained
 * @param data of the recipe
 * @param engine of the networks
 * @param seed seed of the weights; the batch is drawn from a part of it
 */
public record FirstBatch(GamePlan plan, DataSet data, Engine engine, Seed seed) {
  private static final String PART = "first batch";

  /**
   * Sets the parameters.
   *
   * @param networks the generator and the discriminator of each direction
   */
  public void start(List<List<Network>> networks) {
    for (int i = 0; i < networks.size(); i++) {
      Network generator = networks.get(i).get(0);
      Network discriminator = networks.get(i).get(1);
      boolean isBackward = i > 0;
      if (asks(generator) || asks(discriminator)) {
        engine.scope(
            () ->
                engine.withoutGradients(
                    () -> {
                      direction(generator, discriminator, isBackward);
                      return true;
                    }));
      }
    }
  }

  private static boolean asks(Network network) {
    return network.plan().everyLayer().stream().anyMatch(l -> l.fromFirstBatch().isPresent());
  }

  private void direction(Network generator, Network discriminator, boolean isBackward) {
    Seed own = seed.part(PART);
    GameInputs all = GameInputs.of(plan, data, engine, RunSeeds.of(own));
    GameInputs inputs = isBackward ? all.backward() : all;
    NextUpdate next = NextStep.first(plan, inputs).discriminator(0, 0);
    Batch from = next.from();
    start(generator, from.x(), from.labels());
    if (!asks(discriminator)) {
      return;
    }
    Objective objective = new Objective(plan, engine, own);
    Batch real = next.real().get();
    Batch fake = from.made(generator.snapshot().forward(from.x(), pass(from.labels())));
    start(
        discriminator,
        halves(objective.seen(real, next), objective.seen(fake, next)),
        labels(real.labels(), fake.labels()));
  }

  private static @Nullable Tensor labels(@Nullable Tensor real, @Nullable Tensor fake) {
    return real == null || fake == null ? null : halves(real, fake);
  }

  /** The first half of one and the rest of the other, of a single sample the first. */
  private static Tensor halves(Tensor a, Tensor b) {
    int n = a.shape().dim(0);
    int half = (n + 1) / 2;
    Tensor first = a.slice(0, 0, half);
    return half == n ? first : first.concat(List.of(b.slice(0, half, n - half)), 0);
  }

  private PassOptions pass(@Nullable Tensor labels) {
    return PassOptions.training(seed.part(PART), 0, 0).labels(labels);
  }

  private void start(Network network, Tensor x, @Nullable Tensor labels) {
    for (PlannedLayer layer : network.plan().everyLayer()) {
      layer.fromFirstBatch().ifPresent(start -> start(network, layer, start, x, labels));
    }
  }

  private void start(
      Network network, PlannedLayer layer, DataDependent start, Tensor x, @Nullable Tensor labels) {
    for (int i = 0; i < start.attempts(); i++) {
      boolean[] changed = new boolean[1];
      engine.scope(
          () -> {
            Optional<Correction> change = start.correct(outputs(output(network, layer, x, labels)));
            change.ifPresent(c -> correct(network, layer, c));
            changed[0] = change.isPresent();
          });
      if (!changed[0]) {
        return;
      }
    }
  }

  /** The layer's output, by a pass that leaves all states as they are. */
  private Tensor output(Network network, PlannedLayer layer, Tensor x, @Nullable Tensor labels) {
    AtomicReference<@Nullable Tensor> found = new AtomicReference<>();
    LayerObserver observer =
        (seen, output) -> {
          if (seen.path().equals(layer.path())) {
            found.set(output);
          }
        };
    network.snapshot().forward(x, network.parameters(), pass(labels), observer);
    Tensor output = found.get();
    if (output == null) {
      throw new IllegalStateException(layer.path() + " is in no forward pass");
    }
    return output;
  }

  private static Outputs outputs(Tensor output) {
    int rank = output.shape().rank();
    int[] axes = IntStream.range(0, rank).filter(axis -> axis != 1).toArray();
    double share = (double) output.shape().dim(1) / output.shape().elements();
    Tensor mean = output.sum(axes).times(share);
    Tensor variance = output.minus(mean).square().sum(axes).times(share);
    return Outputs.of(mean.toDoubles(), variance.toDoubles());
  }

  private void correct(Network network, PlannedLayer layer, Correction change) {
    for (PlannedParameter p : layer.parameters()) {
      List<Double> none = List.of(0.0);
      if (p.parameter().name().equals(change.parameter())) {
        // A norm's parameter beside the weight has the weight's axes.
        int axis = layer.weight().orElseThrow().parameter().outputAxis();
        change(network, p.path(), axis, change.factors(), none);
      } else if (p.parameter().role() == Role.BIAS) {
        change(network, p.path(), 0, change.biasFactors(), change.biasShifts());
      }
    }
  }

  /** In double precision and outside of the engine, so that every engine comes to the same. */
  private void change(
      Network network, String path, int axis, List<Double> factors, List<Double> shifts) {
    Tensor parameter = network.parameters().tensor(path);
    int outputs = parameter.shape().dim(axis);
    int inside = 1;
    for (int d = axis + 1; d < parameter.shape().rank(); d++) {
      inside *= parameter.shape().dim(d);
    }
    double[] values = parameter.toDoubles();
    for (int i = 0; i < values.length; i++) {
      int output = i / inside % outputs;
      values[i] = values[i] * at(factors, output) + at(shifts, output);
    }
    parameter.assign(engine.upload(values, parameter.shape()));
  }

  /** One number for each output, or one for all. */
  private static double at(List<Double> numbers, int output) {
    return numbers.get(numbers.size() == 1 ? 0 : output);
  }
}
