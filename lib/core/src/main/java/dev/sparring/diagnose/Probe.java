package dev.sparring.diagnose;

import dev.sparring.data.DataSet;
import dev.sparring.init.Initializer;
import dev.sparring.network.LayerObserver;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.Cycle;
import dev.sparring.train.ForwardPass;
import dev.sparring.train.GameInputs;
import dev.sparring.train.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What networks do with signals before any training: how large activations are behind each layer,
 * and how large the gradient of a player's own loss is there. Weights that are too large or too
 * small show as a line that climbs or falls from layer to layer.
 *
 * @param recipe what the networks, the loss and the batch are taken from
 * @param plan of that recipe
 * @param data of that recipe
 * @param engine computes
 */
public record Probe(Recipe recipe, GamePlan plan, DataSet data, Engine engine) {
  private static final LayerObserver NOBODY = (layer, output) -> {};

  /**
   * One layer at initialization.
   *
   * @param layer in its place
   * @param activation root mean square of the layer's output over a batch
   * @param gradient root mean square of the loss's gradient by that output, over a batch
   */
  public record LayerReading(PlannedLayer layer, double activation, double gradient) {}

  /**
   * Looks at the networks that a seed starts with: the generator's layers for its loss, then the
   * discriminator's for its own, on real samples and made ones; of its two passes the real one is
   * shown.
   *
   * @param seed draws weights, noise and samples
   * @param initializer of all weights instead of the recipe's, or null for these
   */
  public List<LayerReading> read(Seed seed, @Nullable Initializer initializer) {
    List<LayerReading> readings = new ArrayList<>();
    engine.scope(
        () -> {
          Network generator = Network.create(with(plan.generator(), initializer), engine, seed);
          Network discriminator =
              Network.create(with(plan.discriminator(), initializer), engine, seed);
          // Passes in training change statistics and singular vectors: each look is at first ones.
          readings.addAll(generator(generator.snapshot(), discriminator.snapshot(), seed));
          readings.addAll(discriminator(generator, discriminator, seed));
        });
    return readings;
  }

  private static NetworkPlan with(NetworkPlan plan, @Nullable Initializer initializer) {
    return initializer == null ? plan : plan.initializedBy(initializer);
  }

  private List<LayerReading> generator(Network generator, Network discriminator, Seed seed) {
    GameInputs inputs = GameInputs.of(recipe, plan, data, engine, seed);
    Objective objective = new Objective(recipe, plan, engine);
    Batch from =
        varied(objective.reusesInputs() ? inputs.forDiscriminator(0) : inputs.forGenerator(0));
    Outputs outputs = new Outputs();
    Map<String, Tensor> raw = generator.variables();
    Batch made =
        from.made(generator.forward(from.x(), raw, call(seed, 0).labels(from.labels()), outputs));
    long[] passes = new long[1];
    Tensor loss =
        objective.generator(
            (x, labels) -> discriminator.forward(x, call(seed, passes[0]++).labels(labels)),
            raw,
            made,
            from,
            () -> inputs.real(0),
            ways(generator, raw, seed),
            1,
            0);
    return outputs.readings(engine, loss);
  }

  private @Nullable Cycle ways(Network generator, Map<String, Tensor> raw, Seed seed) {
    if (plan.back().isEmpty()) {
      return null;
    }
    Network back = Network.create(plan.back().get().generator(), engine, seed);
    return new Cycle(
        (x, labels) -> generator.forward(x, raw, call(seed, 1), NOBODY),
        (x, labels) -> back.forward(x, call(seed, 0)));
  }

  private List<LayerReading> discriminator(Network generator, Network discriminator, Seed seed) {
    GameInputs inputs = GameInputs.of(recipe, plan, data, engine, seed);
    Objective objective = new Objective(recipe, plan, engine);
    Batch from = inputs.forDiscriminator(0);
    Batch fake =
        from.made(generator.forward(from.x(), call(seed, 1).labels(from.labels())).detach());
    Map<String, Tensor> raw = discriminator.variables();
    Outputs outputs = new Outputs();
    long[] passes = new long[] {1};
    ForwardPass judge =
        (x, labels) ->
            discriminator.forward(
                x,
                raw,
                call(seed, passes[0]++).labels(labels),
                passes[0] == 2 ? outputs : NOBODY); // real samples come first
    return outputs.readings(
        engine, objective.discriminator(judge, raw, varied(inputs.real(0)), fake, 1, 0).value());
  }

  /** Before the first layer that learns, layers put out what depends on the input only. */
  private static Batch varied(Batch batch) {
    return batch.x(batch.x().variable());
  }

  private static PassOptions call(Seed seed, long pass) {
    return PassOptions.training(seed, 1, pass);
  }

  /** Keeps what each layer puts out. */
  private static final class Outputs implements LayerObserver {
    private final List<PlannedLayer> layers = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();

    @Override
    public void output(PlannedLayer layer, Tensor output) {
      layers.add(layer);
      tensors.add(output);
    }

    List<LayerReading> readings(Engine engine, Tensor loss) {
      List<Tensor> gradients = engine.gradients(loss, tensors, false);
      List<LayerReading> readings = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        readings.add(
            new LayerReading(
                layers.get(i), rootMeanSquare(tensors.get(i)), rootMeanSquare(gradients.get(i))));
      }
      return readings;
    }

    private static double rootMeanSquare(Tensor t) {
      return Math.sqrt(t.square().mean().item());
    }
  }
}
